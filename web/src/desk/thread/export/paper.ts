/**
 * A document of plain paragraphs, pictures and lines, A4, written in this browser: jsPDF with the console's own typeface.
 *
 * Text stays text where the typeface has every letter of it; a paragraph with others (a sign, another script) is drawn by
 * the browser and put in as a picture, so that nothing is lost. Owns the layout alone.
 */
import regular from "@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf?url";
import bold from "@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf?url";
import { jsPDF } from "jspdf";
import { wrapped } from "./wrapping.ts";

const FACE = "Be Vietnam Pro";
/** Millimetres: A4, its margins, and the room under the text for the foot. */
const WIDTH = 210;
const HEIGHT = 297;
const MARGIN = 20;
const INNER = WIDTH - 2 * MARGIN;
const FLOOR = HEIGHT - 24;
const MM_PER_POINT = 25.4 / 72;
const LEADING = 1.45;
const HIGHEST_PICTURE = 170;
/** Dots of a millimetre where the browser draws. */
const DOTS = 10;
const SMALL = 9;

/** How a paragraph is set, in points; `after` is the room behind it in millimetres. */
export interface Style {
  size?: number;
  bold?: boolean;
  grey?: boolean;
  after?: number;
}

interface Metadata {
  characterToGlyph(code: number): number;
}

async function binary(address: string): Promise<string> {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error("typeface");
  let text = "";
  for (const byte of new Uint8Array(await answer.arrayBuffer())) text += String.fromCharCode(byte);
  return text;
}

export class Paper {
  private y = MARGIN;

  private constructor(private readonly doc: jsPDF) {}

  /** An empty document. Throws where the typeface does not come. */
  static async blank(title: string): Promise<Paper> {
    const doc = new jsPDF({ unit: "mm", format: "a4", compress: true, putOnlyUsedFonts: true });
    for (const [style, address] of [
      ["normal", regular],
      ["bold", bold],
    ] as const) {
      doc.addFileToVFS(`${style}.ttf`, await binary(address));
      doc.addFont(`${style}.ttf`, FACE, style);
    }
    doc.setProperties({ title, creator: "Hòm thư tố giác" });
    return new Paper(doc);
  }

  /** A paragraph; line ends in it are kept. */
  say(text: string, { size = 11, bold = false, grey = false, after = 2 }: Style = {}): void {
    this.doc.setFont(FACE, bold ? "bold" : "normal");
    this.doc.setFontSize(size);
    this.doc.setTextColor(grey ? 90 : 0);
    const lead = size * MM_PER_POINT * LEADING;
    for (const paragraph of text.normalize("NFC").split("\n")) {
      if (this.has(paragraph)) this.set(paragraph, lead);
      else this.draw(paragraph, { size, bold, grey }, lead);
    }
    this.y += after;
  }

  /** A thin line over the whole width. */
  rule(): void {
    this.room(4);
    this.doc.setDrawColor(180);
    this.doc.line(MARGIN, this.y, WIDTH - MARGIN, this.y);
    this.y += 4;
  }

  /** A picture as wide as the text at most. */
  picture(drawn: HTMLCanvasElement): void {
    const scale = Math.min(INNER / drawn.width, HIGHEST_PICTURE / drawn.height, 0.2);
    const [width, height] = [drawn.width * scale, drawn.height * scale];
    this.room(height);
    this.doc.addImage(drawn.toDataURL("image/jpeg", 0.85), "JPEG", MARGIN, this.y, width, height);
    this.y += height + 2;
  }

  /** The bytes, with `foot` and the number of each page under it. */
  done(foot: string): ArrayBuffer {
    const pages = this.doc.getNumberOfPages();
    this.doc.setFont(FACE, "normal");
    this.doc.setFontSize(SMALL);
    this.doc.setTextColor(90);
    for (let page = 1; page <= pages; page += 1) {
      this.doc.setPage(page);
      this.doc.text(foot, MARGIN, HEIGHT - 12, { maxWidth: INNER - 20 });
      this.doc.text(`${page}/${pages}`, WIDTH - MARGIN, HEIGHT - 12, { align: "right" });
    }
    return this.doc.output("arraybuffer");
  }

  private room(height: number): void {
    if (this.y + height <= FLOOR) return;
    this.doc.addPage();
    this.y = MARGIN;
  }

  /** True where the typeface in use has every letter. */
  private has(text: string): boolean {
    const { metadata } = this.doc.getFont() as unknown as { metadata: Metadata };
    return [...text].every((letter) => metadata.characterToGlyph(letter.codePointAt(0) ?? 0) > 0);
  }

  private set(text: string, lead: number): void {
    for (const line of this.doc.splitTextToSize(text || " ", INNER) as string[]) {
      this.room(lead);
      this.doc.text(line, MARGIN, this.y + lead * 0.75);
      this.y += lead;
    }
  }

  /** A paragraph as the browser draws it, line by line. */
  private draw(text: string, { size, bold, grey }: Style, lead: number): void {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("canvas");
    const font = `${bold ? 600 : 400} ${(size ?? 11) * MM_PER_POINT * DOTS}px "${FACE}", sans-serif`;
    pen.font = font;
    for (const line of wrapped(text, (words) => pen.measureText(words).width <= INNER * DOTS)) {
      canvas.width = INNER * DOTS;
      canvas.height = Math.ceil(lead * DOTS);
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = grey ? "#5a5a5a" : "#000";
      pen.font = font;
      pen.textBaseline = "middle";
      pen.fillText(line, 0, canvas.height / 2);
      this.room(lead);
      this.doc.addImage(canvas.toDataURL("image/jpeg", 0.92), "JPEG", MARGIN, this.y, INNER, lead);
      this.y += lead;
    }
  }
}
