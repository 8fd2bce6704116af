/** The amount helper alone. */
export { parseNear } from "yoctonear";
