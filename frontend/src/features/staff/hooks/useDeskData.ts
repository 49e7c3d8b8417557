/** Reading from the desk and changing it: what is read is kept by its address, what is changed is read again. */
import {
  type QueryClient,
  type QueryKey,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { CallOptions } from "@/api/client";
import { problemText } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { type Offer, useToast } from "../components/Toasts";
import { type Desk, useDesk } from "./StaffSession";

type Query = CallOptions["query"];

/** Under this key lies all that the desk has read; the path comes next. */
export const deskKey = (path?: string, query?: Query): QueryKey =>
  ["desk", path, query].filter((part) => part !== undefined);

/** Reads again what lies at these paths and under them. */
export const refresh = (cache: QueryClient, paths: readonly string[]): Promise<void> =>
  cache.invalidateQueries({
    predicate: ({ queryKey: [kind, path] }) =>
      kind === "desk" && typeof path === "string" && paths.some((start) => path.startsWith(start)),
  });

/** The JSON at a path, or nothing while `path` is null. */
export function useDeskData<T>(path: string | null, query?: Query, refetchInterval?: number) {
  const desk = useDesk();
  return useQuery({
    queryKey: deskKey(path ?? "", query),
    queryFn: ({ signal }) => desk.call<T>(path ?? "", { query, signal }),
    enabled: path !== null,
    refetchInterval,
    placeholderData: (former) => former,
  });
}

interface Change<Input, Output> {
  run: (desk: Desk, input: Input) => Promise<Output>;
  /** Paths at and under which the data are old afterwards. */
  stale?: readonly string[];
  /** What the person reads when it is done. */
  said?: string | ((output: Output) => string);
  /** What the person can do next about it, beside what is said. */
  offered?: Offer;
  onDone?: (output: Output, input: Input) => void;
  /** The caller shows a refusal itself (`error`), beside what was filled in. */
  shown?: boolean;
}

/** A change of records. A refusal is said in the server's words. */
export function useDeskChange<Input = void, Output = unknown>(change: Change<Input, Output>) {
  const desk = useDesk();
  const say = useToast();
  const words = useWords();
  const cache = useQueryClient();
  return useMutation<Output, unknown, Input>({
    mutationFn: (input) => change.run(desk, input),
    onSuccess: async (output, input) => {
      if (change.said)
        say(typeof change.said === "string" ? change.said : change.said(output), change.offered);
      change.onDone?.(output, input);
      await refresh(cache, change.stale ?? []);
    },
    onError: (error) => !change.shown && say(problemText(error, words)),
  });
}
