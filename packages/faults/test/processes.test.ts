import { testProcesses } from "./process-tests.ts";

testProcesses("campaign: real processes over HTTP", {
  rate: 0.1,
  payments: 6,
  killed: 12,
  kills: 3,
});
