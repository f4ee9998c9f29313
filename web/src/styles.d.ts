declare module '*.module.css' {
  /** Names as they are in the file to names as they are on the page. */
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

declare module '*.css';
