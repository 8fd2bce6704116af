import * as fc from "fast-check";
import { emptyMap, mapGet, mapWith, mapWithout } from "#localnet/chain/persistent-map";
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

properties("forget what is taken out, in that version alone, and leave nothing behind", () => {
  fc.assert(
    fc.property(batches, fc.array(key), (all, taken) => {
      const full = mapWith(emptyMap<number>(), all.flat());
      const less = mapWithout(full, taken);
      const model = new Map(all.flat());
      for (const [name, value] of model) {
        assert.is(mapGet(full, name), value);
        assert.is(mapGet(less, name), taken.includes(name) ? undefined : value);
      }
      assert.equal(mapWithout(less, model.keys()).root.slots, emptyMap().root.slots);
    }),
  );
});

properties.run();
