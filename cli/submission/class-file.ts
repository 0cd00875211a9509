const magic = 0xcafebabe;
const publicStatic = 0x0009;
const mainDescriptor = '([Ljava/lang/String;)V';
/** Bytes of a constant after its tag, by tag; a UTF-8 text tells its own length. */
const constantBytes = new Map([
  [3, 4],
  [4, 4],
  [5, 8],
  [6, 8],
  [7, 2],
  [8, 2],
  [9, 4],
  [10, 4],
  [11, 4],
  [12, 4],
  [15, 3],
  [16, 2],
  [17, 4],
  [18, 4],
  [19, 2],
  [20, 2],
]);
const utf8 = 1;
/** Long and Double take two numbers. */
const isWide = (tag: number) => tag === 5 || tag === 6;

/** Whether a compiled class has a `public static void main(String[])`; false of what is no class file. */
export function hasMain(bytes: Buffer): boolean {
  try {
    if (!bytes.includes(mainDescriptor) || bytes.readUInt32BE(0) !== magic) return false;
    return new ClassReader(bytes).hasMain();
  } catch (error) {
    if (error instanceof RangeError) return false; // cut short
    throw error;
  }
}

/** Reads a class file from front to end, as the Java virtual machine's specification (4.1) lays it out. */
class ClassReader {
  readonly #bytes: Buffer;
  readonly #texts = new Map<number, string>();
  #at = 8;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  hasMain(): boolean {
    this.#readConstants();
    this.#at += 6; // access, this, super
    const interfaces = this.#next2();
    this.#at += 2 * interfaces;
    this.#skipMembers(() => {});
    let found = false;
    this.#skipMembers((access, name, descriptor) => {
      found ||=
        (access & publicStatic) === publicStatic &&
        name === 'main' &&
        descriptor === mainDescriptor;
    });
    return found;
  }

  #readConstants(): void {
    const count = this.#next2();
    for (let index = 1; index < count; index++) {
      const tag = this.#bytes.readUInt8(this.#at);
      this.#at += 1;
      if (tag === utf8) {
        const length = this.#next2();
        this.#texts.set(index, this.#bytes.toString('utf8', this.#at, this.#at + length));
        this.#at += length;
        continue;
      }
      const length = constantBytes.get(tag);
      if (length === undefined) throw new RangeError(`no constant has the tag ${tag}`);
      this.#at += length;
      if (isWide(tag)) index += 1;
    }
  }

  /** Fields and methods look alike. */
  #skipMembers(see: (access: number, name: string, descriptor: string) => void): void {
    const count = this.#next2();
    for (let member = 0; member < count; member++) {
      const access = this.#next2();
      const name = this.#texts.get(this.#next2()) ?? '';
      see(access, name, this.#texts.get(this.#next2()) ?? '');
      const attributes = this.#next2();
      for (let attribute = 0; attribute < attributes; attribute++) {
        this.#at += 2;
        this.#at += 4 + this.#bytes.readUInt32BE(this.#at);
      }
    }
  }

  #next2(): number {
    const value = this.#bytes.readUInt16BE(this.#at);
    this.#at += 2;
    return value;
  }
}
