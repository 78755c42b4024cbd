import protobuf from 'protobufjs'

/** The messages of onnx.proto3 (github.com/onnx/onnx) that a graph of ours uses; the numbers are the wire format. */
const ONNX_SCHEMA = `
syntax = "proto3"; package onnx;
message AttributeProto { string name=1; float f=2; int64 i=3; repeated int64 ints=8; int32 type=20; }
message StringStringEntryProto { string key=1; string value=2; }
message TensorProto { repeated int64 dims=1; int32 data_type=2; string name=8; bytes raw_data=9; }
message Dim { int64 dim_value=1; string dim_param=2; }
message Shape { repeated Dim dim=1; }
message TensorType { int32 elem_type=1; Shape shape=2; }
message TypeProto { TensorType tensor_type=1; }
message ValueInfoProto { string name=1; TypeProto type=2; }
message NodeProto { repeated string input=1; repeated string output=2; string name=3; string op_type=4; repeated AttributeProto attribute=5; string domain=7; }
message GraphProto { repeated NodeProto node=1; string name=2; repeated TensorProto initializer=5; repeated ValueInfoProto input=11; repeated ValueInfoProto output=12; }
message OperatorSetIdProto { string domain=1; int64 version=2; }
message ModelProto { int64 ir_version=1; string producer_name=2; string producer_version=3; GraphProto graph=7; repeated OperatorSetIdProto opset_import=8; repeated StringStringEntryProto metadata_props=14; }
`

/** ONNX element types (TensorProto.DataType) and AttributeProto.AttributeType, by their wire numbers. */
const ELEMENT_TYPE = { float: 1, uint8: 2, int8: 3, int64: 7 } as const
const ATTRIBUTE_TYPE = { float: 1, int: 2, ints: 7 } as const

export type ElementType = keyof typeof ELEMENT_TYPE
/** A number is an integer attribute, a list is integers; a float says so. */
export type Attribute = number | readonly number[] | { float: number }
/** A fixed size, or the name of a free one. */
export type Dimension = number | string

interface NodeOptions {
  attributes?: Record<string, Attribute>
  /** Names of the outputs; by default one, named after the operator. */
  outputs?: readonly string[]
}

/**
 * An ONNX graph under construction. Every method that makes a value returns its
 * name, to be handed to the nodes that read it; nodes must be added in the order
 * they run. `encode` gives the bytes of the .onnx file, the same bytes for the
 * same calls.
 */
export class OnnxGraph {
  readonly #name: string
  readonly #nodes: object[] = []
  readonly #domains = new Set<string>([''])
  readonly #initializers = new Map<
    string,
    { name: string; data_type: number; dims: readonly number[]; raw_data: Uint8Array }
  >()
  readonly #inputs: object[] = []
  readonly #outputs: object[] = []

  constructor(name: string) {
    this.#name = name
  }

  input(name: string, type: ElementType, dimensions: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, dimensions))
    return name
  }

  /** Declares the value called `name`, made by a node of the graph, as an output. */
  output(name: string, type: ElementType, dimensions: readonly Dimension[]): void {
    this.#outputs.push(valueInfo(name, type, dimensions))
  }

  floats(name: string, dimensions: readonly number[], data: Float32Array | readonly number[]): string {
    return this.#initializer(name, 'float', dimensions, data instanceof Float32Array ? data : Float32Array.from(data))
  }

  int8s(name: string, dimensions: readonly number[], data: Int8Array): string {
    return this.#initializer(name, 'int8', dimensions, data)
  }

  uint8(name: string, value: number): string {
    return this.#initializer(name, 'uint8', [], Uint8Array.of(value))
  }

  /** A list of 64-bit integers, as shapes and axes are given. */
  integers(name: string, values: readonly number[]): string {
    return this.#initializer(name, 'int64', [values.length], BigInt64Array.from(values, BigInt))
  }

  /** A node of the standard operator set. Returns its first output. */
  node(operator: string, inputs: readonly string[], options: NodeOptions = {}): string {
    return this.#add('', operator, inputs, options)
  }

  /** A node of ONNX Runtime's own operator set (com.microsoft). Returns its first output. */
  runtimeNode(operator: string, inputs: readonly string[], options: NodeOptions = {}): string {
    return this.#add('com.microsoft', operator, inputs, options)
  }

  /** The bytes of the model file. `metadata` travels in the file, readable by any ONNX viewer. */
  encode(options: { opset: number; producer: string; metadata: Record<string, string> }): Uint8Array {
    const type = protobuf.parse(ONNX_SCHEMA, { keepCase: true }).root.lookupType('onnx.ModelProto')
    const model = {
      ir_version: 8,
      producer_name: options.producer,
      opset_import: [...this.#domains].map((domain) => ({ domain, version: domain === '' ? options.opset : 1 })),
      metadata_props: Object.entries(options.metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: this.#name,
        node: this.#nodes,
        initializer: [...this.#initializers.values()],
        input: this.#inputs,
        output: this.#outputs,
      },
    }
    const problem = type.verify(model)
    if (problem) throw new Error(`The ONNX graph does not encode: ${problem}`)
    return type.encode(model).finish()
  }

  #initializer(name: string, type: ElementType, dimensions: readonly number[], data: NodeJS.TypedArray): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const known = this.#initializers.get(name)
    // Small constants (axes, scales) are asked for by every layer: one of a name, and never two meanings.
    if (known && Buffer.compare(known.raw_data, bytes) !== 0) throw new Error(`Two constants are called "${name}".`)
    if (!known) this.#initializers.set(name, { name, data_type: ELEMENT_TYPE[type], dims: dimensions, raw_data: bytes })
    return name
  }

  #add(domain: string, operator: string, inputs: readonly string[], options: NodeOptions): string {
    const name = `${operator}_${this.#nodes.length}`
    const outputs = options.outputs ?? [`${name}_out`]
    const attribute = Object.entries(options.attributes ?? {}).map(([key, value]) => encodeAttribute(key, value))
    this.#domains.add(domain)
    this.#nodes.push({ op_type: operator, input: inputs, output: outputs, name, attribute, domain })
    return outputs[0] as string
  }
}

function encodeAttribute(name: string, value: Attribute): object {
  if (typeof value === 'number') return { name, i: value, type: ATTRIBUTE_TYPE.int }
  if ('float' in value) return { name, f: value.float, type: ATTRIBUTE_TYPE.float }
  return { name, ints: value, type: ATTRIBUTE_TYPE.ints }
}

function valueInfo(name: string, type: ElementType, dimensions: readonly Dimension[]): object {
  const dim = dimensions.map((size) => (typeof size === 'string' ? { dim_param: size } : { dim_value: size }))
  return { name, type: { tensor_type: { elem_type: ELEMENT_TYPE[type], shape: { dim } } } }
}
