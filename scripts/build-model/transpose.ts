/** The row-major matrix turned over its diagonal: [rowCount, columnCount] → [columnCount, rowCount]. */
export function transpose<T extends Float32Array | Int8Array>(matrix: T, rowCount: number, columnCount: number): T {
  const turned = matrix.slice() as T
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      turned[column * rowCount + row] = matrix[row * columnCount + column] as number
    }
  }
  return turned
}
