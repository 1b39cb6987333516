import type { ReactElement } from "react";

/**
 * What is drawn beside other things: elements and no bare text, which a browser's translator would take away from
 * React. `ReactNode` is for what stands alone in its element.
 */
export type Elements = ReactElement | null | undefined | readonly Elements[];
