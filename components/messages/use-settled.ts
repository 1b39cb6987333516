import { useEffect, useState } from "react";

/** The value once it has stayed the same for so long. */
export function useSettled<Value>(value: Value, afterMs: number): Value {
  const [settled, setSettled] = useState(value);
  const written = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      const parsed: Value = JSON.parse(written);
      setSettled(parsed);
    }, afterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [written, afterMs]);
  return settled;
}
