/** One thing that was looked at: how it stands, and what to do when it does not. */
export interface Finding {
  isWell: boolean;
  line: string;
}

export const well = (line: string): Finding => ({ isWell: true, line: `ok    ${line}` });
/** To be known, and as it should be for all that can be seen. */
export const note = (line: string): Finding => ({ isWell: true, line: `note  ${line}` });
export const ill = (line: string): Finding => ({ isWell: false, line: `wrong ${line}` });
