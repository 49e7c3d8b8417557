import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { deskKey, refresh } from "@/features/staff/hooks/useDeskData";

test("a change makes old what lies at a path and under it, and nothing else", async () => {
  const cache = new QueryClient();
  const keys = ["/api/staff/complaints", "/api/staff/complaints/CMP-1", "/api/staff/inbox"].map((path) =>
    deskKey(path),
  );
  for (const key of keys) cache.setQueryData(key, {});
  await refresh(cache, ["/api/staff/complaints"]);
  expect(keys.map((key) => cache.getQueryState(key)?.isInvalidated)).toEqual([true, true, false]);
});
