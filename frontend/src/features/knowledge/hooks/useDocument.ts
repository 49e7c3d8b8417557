/** A document as server data. */
import { useQuery } from "@tanstack/react-query";
import { getDocument } from "../api/documents";

export const useDocument = (id: string) =>
  useQuery({
    queryKey: ["document", id],
    queryFn: ({ signal }) => getDocument(id, signal),
    enabled: id !== "",
  });
