import descriptor from 'protobufjs/ext/descriptor/index.js';

/** A file of definitions as gRPC's reflection hands it out. */
interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Names of the files whose types it uses. */
  readonly needs: readonly string[];
}

/** Finds the files of definitions by what they define. */
export class DescriptorIndex {
  private readonly files = new Map<string, File>();
  private readonly bySymbol = new Map<string, File>();

  /** `encoded`: each a `google.protobuf.FileDescriptorProto`, one a package, which need not say what it needs. */
  constructor(encoded: readonly Uint8Array[]) {
    const decoded = encoded.map(
      (bytes) => descriptor.FileDescriptorProto.decode(bytes) as unknown as FileMessage,
    );
    const definedIn = new Map<string, string>();
    for (const file of decoded)
      for (const symbol of symbolsOf(file)) definedIn.set(symbol, file.name);
    for (const file of decoded) {
      const needs = neededFiles(file, definedIn);
      const messageType = file.messageType?.map(asProtocHasIt);
      const whole = descriptor.FileDescriptorProto.create({
        ...file,
        messageType,
        dependency: needs,
      });
      const bytes = descriptor.FileDescriptorProto.encode(whole).finish();
      this.files.set(file.name, { name: file.name, bytes, needs });
    }
    for (const [symbol, name] of definedIn) this.bySymbol.set(symbol, this.files.get(name) as File);
  }

  /** The file of that name and all that it needs, itself first; `undefined` if there is none. */
  named(name: string): Uint8Array[] | undefined {
    const file = this.files.get(name);
    return file && this.withNeeds(file);
  }

  /** The same for the file that defines a symbol, given with its package. */
  containing(symbol: string): Uint8Array[] | undefined {
    const file = this.bySymbol.get(symbol);
    return file && this.withNeeds(file);
  }

  private withNeeds(file: File): Uint8Array[] {
    const found = new Set([file]);
    for (const { needs } of found)
      for (const name of needs) found.add(this.files.get(name) as File);
    return [...found].map(({ bytes }) => bytes);
  }
}

// What is read here of descriptor.proto, whose types in protobufjs know no fields.

interface FileMessage {
  readonly name: string;
  readonly package?: string;
  readonly messageType?: readonly TypeMessage[];
  readonly enumType?: readonly NamedMessage[];
  readonly service?: readonly ServiceMessage[];
}

interface NamedMessage {
  readonly name: string;
}

interface TypeMessage extends NamedMessage {
  readonly field?: readonly FieldMessage[];
  readonly nestedType?: readonly TypeMessage[];
  readonly enumType?: readonly NamedMessage[];
  readonly reservedRange?: readonly { readonly start: number; readonly end: number }[];
  readonly options?: { readonly mapEntry?: boolean };
}

interface FieldMessage extends NamedMessage {
  readonly typeName?: string;
}

interface ServiceMessage extends NamedMessage {
  readonly method?: readonly (NamedMessage & {
    readonly inputType: string;
    readonly outputType: string;
  })[];
}

/**
 * protobufjs calls the entries of a map otherwise than protoc, and ends reserved numbers with the last of them instead of
 * behind it. Go's clients, `grpcurl` for one, take neither. It leaves out what fields are called in JSON.
 */
function asProtocHasIt(type: TypeMessage): TypeMessage {
  const nested = type.nestedType?.map(asProtocHasIt) ?? [];
  const entries = new Set(nested.filter((one) => one.options?.mapEntry).map(({ name }) => name));
  const field = type.field?.map((one) => ({
    ...one,
    jsonName: one.name.replaceAll(/_(.)/g, upperCase),
    ...(entries.has(one.typeName ?? '') && { typeName: entryName(one) }),
  }));
  const nestedType = nested.map((one) => {
    const of = type.field?.find(({ typeName }) => typeName === one.name);
    return of && entries.has(one.name) ? { ...one, name: entryName(of) } : one;
  });
  const reservedRange = type.reservedRange?.map(({ start, end }) => ({ start, end: end + 1 }));
  return { ...type, field, nestedType, reservedRange } as TypeMessage;
}

/** `span_tags` is a map of `SpanTagsEntry`. */
function entryName({ name }: FieldMessage): string {
  return `${name.replaceAll(/(?:^|_)(.)/g, upperCase)}Entry`;
}

function upperCase(_: string, letter: string): string {
  return letter.toUpperCase();
}

function* symbolsOf(file: FileMessage): Generator<string> {
  const scope = file.package ? `${file.package}.` : '';
  yield* typesOf(scope, file.messageType, file.enumType);
  for (const { name, method = [] } of file.service ?? []) {
    yield scope + name;
    for (const one of method) yield `${scope}${name}.${one.name}`;
  }
}

function* typesOf(
  scope: string,
  types: readonly TypeMessage[] = [],
  enums: readonly NamedMessage[] = [],
): Generator<string> {
  for (const { name } of enums) yield scope + name;
  for (const { name, nestedType, enumType } of types) {
    yield scope + name;
    yield* typesOf(`${scope}${name}.`, nestedType, enumType);
  }
}

function neededFiles(file: FileMessage, definedIn: ReadonlyMap<string, string>): string[] {
  const needed = new Set<string>();
  for (const type of usedTypes(file)) {
    const name = definedIn.get(type.replace(/^\./, ''));
    if (name !== undefined && name !== file.name) needed.add(name);
  }
  return [...needed];
}

/** Full names, with a dot before them. */
function* usedTypes({ messageType, service = [] }: FileMessage): Generator<string> {
  yield* fieldTypes(messageType);
  for (const { method = [] } of service)
    for (const { inputType, outputType } of method) {
      yield inputType;
      yield outputType;
    }
}

function* fieldTypes(types: readonly TypeMessage[] = []): Generator<string> {
  for (const { field = [], nestedType } of types) {
    for (const { typeName } of field) if (typeName) yield typeName;
    yield* fieldTypes(nestedType);
  }
}
