import { integer, loadParameters, loadVectors, text } from "@yoctonear/vectors";
import {
  ACTION_FEES,
  type Fee,
  MIN_GAS_PURCHASE_PRICE,
  ML_DSA_VERIFICATION_COST,
} from "@yoctonear/transactions/cost";
import * as parameters from "#localnet/runtime/parameters";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("runtime: parameters");

test("limits and prices are those of protocol 86", async () => {
  const table = await loadParameters();
  const scalar = (...path: string[]): bigint => integer(table, "scalars", ...path);
  const constant = (name: string): bigint => integer(table, "constants_in_code", name);
  const cost = (name: string, part: string): bigint => integer(table, "fees", name, part);
  const host = (name: string): bigint => integer(table, "ext_costs", name, "compute");
  const expected: Readonly<Record<string, bigint>> = {
    STORAGE_PRICE: scalar("storage_amount_per_byte"),
    GLOBAL_CONTRACT_PRICE: scalar("global_contract_storage_amount_per_byte"),
    REWARD_NUMERATOR: scalar("burnt_gas_reward", "numerator"),
    REWARD_DENOMINATOR: scalar("burnt_gas_reward", "denominator"),
    ACCOUNT_CREATION_CHARGE: scalar("account_creation_charge"),
    MIN_TOP_LEVEL_LENGTH: scalar("min_allowed_top_level_account_length"),
    MAX_TOTAL_PREPAID_GAS: scalar("max_total_prepaid_gas"),
    MAX_ACTIONS: scalar("max_actions_per_receipt"),
    MAX_DEPLOY_ACTIONS: scalar("max_deploy_actions_per_receipt"),
    MAX_METHOD_NAMES_BYTES: scalar("max_number_bytes_method_names"),
    MAX_METHOD_NAME_LENGTH: scalar("max_length_method_name"),
    MAX_ARGUMENTS_LENGTH: scalar("max_arguments_length"),
    MAX_RETURNED_DATA_LENGTH: scalar("max_length_returned_data"),
    MAX_CONTRACT_SIZE: scalar("max_contract_size"),
    MAX_TRANSACTION_SIZE: scalar("max_transaction_size"),
    MAX_RECEIPT_SIZE: scalar("max_receipt_size"),
    MAX_STORAGE_KEY_LENGTH: scalar("max_length_storage_key"),
    MAX_STORAGE_VALUE_LENGTH: scalar("max_length_storage_value"),
    YIELD_TIMEOUT: scalar("yield_timeout_length_in_blocks"),
    MAX_INPUT_DATA: scalar("max_number_input_data_dependencies"),
    GLOBAL_DEPLOY_COMPUTE_BASE: scalar("deploy_global_contract_execution_base"),
    GLOBAL_DEPLOY_COMPUTE_PER_BYTE: scalar("deploy_global_contract_execution_per_byte"),
    MAX_SHARD_BANDWIDTH: scalar("max_shard_bandwidth"),
    DEPLOY_COMPUTE_BASE: cost("action_deploy_contract", "execution_compute"),
    DEPLOY_COMPUTE_PER_BYTE: cost("action_deploy_contract_per_byte", "execution_compute"),
    STORAGE_REMOVE_COMPUTE_BASE: host("wasm_storage_remove_base"),
    STORAGE_REMOVE_COMPUTE_KEY_BYTE: host("wasm_storage_remove_key_byte"),
    STORAGE_REMOVE_COMPUTE_VALUE_BYTE: host("wasm_storage_remove_ret_value_byte"),
    ZERO_BALANCE_STORAGE_LIMIT: constant("zero_balance_account_storage_limit"),
    MAX_DELETABLE_STORAGE: constant("delete_account_max_storage_usage"),
    NONCE_RANGE: constant("access_key_nonce_range_multiplier"),
    MAX_GAS_KEY_NONCES: constant("gas_key_max_nonces"),
    MAX_BURNABLE_GAS_KEY_BALANCE: constant("gas_key_max_balance_to_burn"),
    // `max_base_bandwidth` of the scheduler: what each link gets without asking.
    BASE_BANDWIDTH: scalar("max_base_bandwidth"),
  };
  assert.is(parameters.REGISTRAR_ID, text(table, "scalars", "registrar_account_id"));
  const own = Object.entries(parameters).flatMap(([name, value]) =>
    typeof value === "bigint" || typeof value === "number" ? [[name, BigInt(value)] as const] : [],
  );
  assert.equal(Object.fromEntries(own), expected);
  assert.is(MIN_GAS_PURCHASE_PRICE, scalar("min_gas_purchase_price"));
  assert.is(ML_DSA_VERIFICATION_COST, scalar("ml_dsa_65_verification_cost"));
});

test("fees are those that a node shows in EXPERIMENTAL_protocol_config", async () => {
  const view = ["protocol_config_runtime_config_view", "json", "transaction_costs"];
  const vectors = await loadVectors("runtime");
  const fee = (...names: readonly string[]): Fee => ({
    sendSir: integer(vectors, ...view, ...names, "send_sir"),
    sendNotSir: integer(vectors, ...view, ...names, "send_not_sir"),
    exec: integer(vectors, ...view, ...names, "execution"),
  });
  const action = "action_creation_config";
  assert.equal(fee("action_receipt_creation_config"), ACTION_FEES.newActionReceipt);
  assert.equal(fee(action, "create_account_cost"), ACTION_FEES.createAccount);
  assert.equal(fee(action, "transfer_cost"), ACTION_FEES.transfer);
  assert.equal(fee(action, "deploy_contract_cost_per_byte"), ACTION_FEES.deployContractByte);
});

test.run();
