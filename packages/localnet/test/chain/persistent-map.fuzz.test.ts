import * as fc from "fast-check";
import { emptyMap, mapGet, mapWith } from "#localnet/chain/persistent-map";
import { suite } from "uvu";
import * as assert from "uvu/assert";

// Keys that agree in their last eight characters have the same hash.
const key = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.constantFrom("1-abcdefgh", "2-abcdefgh", "3-abcdefgh", "abcdefgh"),
);
const batches = fc.array(fc.array(fc.tuple(key, fc.nat()), { maxLength: 30 }), { maxLength: 10 });

const properties = suite("persistent-map: mapWith and mapGet");

properties("agree with a Map, in every version", () => {
  fc.assert(
    fc.property(batches, (all) => {
      const model = new Map<string, number>();
      const versions = [{ map: emptyMap<number>(), model: new Map<string, number>() }];
      let map = emptyMap<number>();
      for (const batch of all) {
        map = mapWith(map, batch);
        for (const [name, value] of batch) model.set(name, value);
        versions.push({ map, model: new Map(model) });
      }
      for (const version of versions) {
        for (const name of [...model.keys(), "absent"]) {
          assert.is(mapGet(version.map, name), version.model.get(name));
        }
      }
    }),
  );
});

properties.run();
