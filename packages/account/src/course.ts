/**
 * The sender's decisions, without its clock, its network and its keys, so that they can be tried in every order.
 * @module
 */
export {
  advance,
  type Course,
  type CourseEvent,
  type Grace,
  startCourse,
  type Step,
} from "./sender/course.ts";
