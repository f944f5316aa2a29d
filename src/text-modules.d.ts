// Files that the bundler and the test runner load as their text.
declare module "*.wgsl" {
  const text: string;
  export default text;
}
declare module "*.weft" {
  const text: string;
  export default text;
}
declare module "*.md" {
  const text: string;
  export default text;
}
declare module "*.h" {
  const text: string;
  export default text;
}
declare module "*.cuh" {
  const text: string;
  export default text;
}
declare module "*.cu" {
  const text: string;
  export default text;
}
declare module "*.cpp" {
  const text: string;
  export default text;
}
declare module "*.sh" {
  const text: string;
  export default text;
}
declare module "*.txt" {
  const text: string;
  export default text;
}
declare module "*.clang-format" {
  const text: string;
  export default text;
}
declare module "*.cmake" {
  const text: string;
  export default text;
}
