// Chakra's execution traces on the wire: messages of protobuf, each behind its length. Fields and their numbers are those of
// et_def.proto; an attribute is read from one arm only, so that each has its own function here.
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

const SCHEMA_VERSION = "0.0.4";

export interface TransferNode {
  readonly id: number;
  readonly name: string;
  readonly type: "send" | "receive";
  readonly ctrlDeps: readonly number[];
  readonly dataDeps: readonly number[];
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
  readonly tag: number;
}

const COMM_SEND = 5;
const COMM_RECV = 6;

/** One rank's trace. */
export function printExecutionTrace(nodes: readonly TransferNode[]): Uint8Array {
  const file = new BinaryWriter();
  file.bytes(new BinaryWriter().tag(1, WireType.LengthDelimited).string(SCHEMA_VERSION).finish());
  for (const node of nodes) file.bytes(nodeMessage(node));
  return file.finish();
}

function nodeMessage({ id, name, type, ctrlDeps, dataDeps, bytes, from, to, tag }: TransferNode): Uint8Array {
  const node = new BinaryWriter();
  node.tag(1, WireType.Varint).uint64(id);
  node.tag(2, WireType.LengthDelimited).string(name);
  node.tag(3, WireType.Varint).int32(type === "send" ? COMM_SEND : COMM_RECV);
  packed(node, 4, ctrlDeps);
  packed(node, 5, dataDeps);
  attribute(node, "is_cpu_op", (value) => value.tag(27, WireType.Varint).bool(false));
  attribute(node, "comm_size", (value) => value.tag(9, WireType.Varint).int64(bytes));
  for (const [key, number] of [
    ["comm_src", from],
    ["comm_dst", to],
    ["comm_tag", tag],
  ] as const)
    attribute(node, key, (value) => value.tag(7, WireType.Varint).int32(number));
  return node.finish();
}

function packed(node: BinaryWriter, field: number, ids: readonly number[]): void {
  if (ids.length === 0) return;
  node.tag(field, WireType.LengthDelimited).fork();
  for (const id of ids) node.uint64(id);
  node.join();
}

function attribute(node: BinaryWriter, name: string, write: (value: BinaryWriter) => BinaryWriter): void {
  node.tag(10, WireType.LengthDelimited).fork();
  write(node.tag(1, WireType.LengthDelimited).string(name)).join();
}
