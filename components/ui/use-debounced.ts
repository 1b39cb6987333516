import { useEffect, useState } from "react";

/** The text once it has stayed the same for so long. */
export function useDebounced(text: string, afterMs: number): string {
  const [debounced, setDebounced] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      setDebounced(text);
    }, afterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text, afterMs]);
  return debounced;
}
