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
