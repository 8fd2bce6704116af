import { testProcesses } from "./process-tests.ts";

testProcesses("campaign: real processes over HTTP, longer", {
  rate: 0.3,
  payments: 200,
  killed: 300,
  kills: 40,
});
