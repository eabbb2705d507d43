/** Where the program is once `make go-tools`, `make releases` or `make api-server` has built it. @throws Error for a name that the lock file does not have. */
export function toolPath(name: string): string;
