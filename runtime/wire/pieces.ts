import { WireError } from './errors.ts';
import { lineBytesMax } from './line-reader.ts';

/** JSON needs six bytes at most for a UTF-16 unit; the rest of a frame is little. */
const pieceLength = Math.floor(lineBytesMax / 8);

/** Longest text that crosses in pieces, in UTF-16 units. */
export const textLengthMax = 16 * 1024 * 1024;

/** A part of a text that may be too long for one frame. */
export interface Piece {
  readonly text: string;
  /** It is not the last. */
  readonly more: boolean;
}

/** A text in pieces, one at least, that fit into a frame each. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  do {
    const end = start + pieceLength;
    pieces.push({ text: text.slice(start, end), more: end < text.length });
    start = end;
  } while (start < text.length);
  return pieces;
}

/** Puts texts together again: all pieces of one come before the first of the next. */
export class PieceJoiner {
  #text = '';

  /** The whole text with its last piece, null before. @throws WireError for one that is too long */
  add({ text, more }: Piece): string | null {
    this.#text += text;
    if (this.#text.length > textLengthMax) {
      throw new WireError(`a text is longer than ${textLengthMax} UTF-16 units`);
    }
    if (more) return null;
    const whole = this.#text;
    this.#text = '';
    return whole;
  }
}
