/** What is used of it; the package brings no types of its own. */
declare module 'fs-native-extensions' {
  const native: {
    /**
     * Locks an open file as a whole, against other openings of it, too, in this process. Gives whether it could.
     * Throws if the file system has no locks.
     */
    tryLock(file: number): boolean;
  };
  export default native;
}
