import { type Mark, marksIn } from "./marks.ts";

/** Mrkdwn without its formatting, for those who listen. */
export const unformatted = (mrkdwn: string): string => marksIn(mrkdwn).map(wordsOf).join("");

function wordsOf(mark: Mark): string {
  switch (mark.kind) {
    case "text":
    case "code":
    case "preformatted":
      return mark.text;
    case "bold":
    case "italic":
    case "strike":
    case "quote":
      return mark.inside.map(wordsOf).join("");
    case "emoji":
      return "";
    case "link":
      return mark.label;
    case "mention":
    case "channel":
      return mark.label ?? "";
    case "date":
      return "";
    case "break":
      return " ";
  }
}
