// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads lists of the Kubernetes API page by page, without a thread of its own. Each object becomes a small record as soon as it
 * is parsed: with protobuf while its page arrives, with JSON once the page is complete. So at most two pages of a list are in
 * memory in full.
 */
final class Lists {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Objects of all lists together. Kubernetes is made for at most 150,000 pods, in 5,000 nodes. */
    private static final int MOST_OBJECTS = 500_000;

    /** Pages of one list; a server may make them smaller than it is asked to, even empty. */
    private static final int MOST_PAGES = 10_000;

    private final KubernetesClient client;
    private final AtomicInteger objects = new AtomicInteger();
    private final int pageSize;
    private final ReadFailure failure;
    private final CompletableFuture<Fact<List<NamespaceFacts>>> namespaces;
    private final CompletableFuture<Fact<JsonNode>> groups;

    Lists(KubernetesClient client, int pageSize) {
        this.client = client;
        this.pageSize = pageSize;
        this.failure = new ReadFailure(client);
        this.namespaces = list(Kinds.NAMESPACES, Parse::namespace);
        this.groups = get("/apis", response -> response)
                .thenApply(answer -> answer.flatMap(response -> document(response, "/apis", "/groups/0/name"))
                        .map(body -> body.path("groups")));
    }

    CompletableFuture<Fact<List<NamespaceFacts>>> namespaces() {
        return namespaces;
    }

    /** The API groups that the server serves, as its discovery describes them. */
    CompletableFuture<Fact<JsonNode>> groups() {
        return groups;
    }

    /** Reads all objects of a kind; unknown, with the reason, when not all of them could be read. */
    <T> CompletableFuture<Fact<List<T>>> list(Kind kind, Function<JsonNode, T> parse) {
        return pages(kind, parse, page(kind, parse, ""), new Listing<>("", new ArrayList<>(), new HashSet<>(), false))
                .exceptionally(e -> failure.of(e, kind));
    }

    /** Reads one document that is not a list, with the headers of the response. */
    <T> CompletableFuture<Fact<T>> get(String path, Function<HttpResponse<byte[]>, T> parse) {
        return send(path)
                .<Fact<T>>thenApply(response ->
                        response.isSuccessful() ? Fact.of(parse.apply(response)) : failure.of(response, path))
                .exceptionally(e -> failure.of(e, path));
    }

    /** A successful answer as JSON; unknown when it is something else or lacks the field that makes it this document. */
    static Fact<JsonNode> document(HttpResponse<byte[]> response, String path, String field) {
        try {
            JsonNode body = MAPPER.readTree(response.body());
            return body.at(field).isValueNode() && !body.at(field).isNull() ? Fact.of(body) : ReadFailure.foreign(path);
        } catch (IOException | StackOverflowError e) {
            return ReadFailure.foreign(path);
        }
    }

    /** Reads something of a single object that is not JSON, such as a log. */
    CompletableFuture<Fact<byte[]>> bytes(Kind kind, String path) {
        return send(path)
                .<Fact<byte[]>>thenApply(response -> {
                    if (response.code() == 404) {
                        return Fact.unknown("404 on " + kind.path() + ": gone since it was listed");
                    }
                    return response.isSuccessful() ? Fact.of(response.body()) : failure.of(response, kind);
                })
                .exceptionally(e -> failure.of(e, kind));
    }

    /** The parts of the server that fail its readiness check; empty when it is ready. */
    CompletableFuture<Fact<List<String>>> readiness(String path) {
        return send(path)
                .thenApply(response -> {
                    List<String> failing = new String(response.body(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.startsWith("[-]"))
                            .map(line -> line.substring(3).replaceFirst(" .*", ""))
                            .toList();
                    if (response.isSuccessful()) {
                        String body = new String(response.body(), StandardCharsets.UTF_8).strip();
                        return body.startsWith("ok") || body.startsWith("[+]")
                                ? Fact.<List<String>>of(List.of())
                                : ReadFailure.<List<String>>foreign(path);
                    }
                    return failing.isEmpty() ? failure.<List<String>>of(response, path) : Fact.of(failing);
                })
                .exceptionally(e -> failure.of(e, path));
    }

    /** Reads several kinds as one list; unknown when any of them is. */
    <T> CompletableFuture<Fact<List<T>>> list(List<Kind> kinds, Function<JsonNode, T> parse) {
        return all(kinds.stream().map(kind -> list(kind, parse)).toList())
                .thenApply(
                        lists -> lists.map(l -> l.stream().flatMap(List::stream).toList()));
    }

    /** Reads the single objects that a kind names; missing ones are ignored. */
    <T> CompletableFuture<Fact<List<T>>> named(Kind kind, Function<JsonNode, T> parse) {
        return all(kind.names().stream()
                        .map(name -> send(kind.path() + "/" + name)
                                .thenApply(response -> response.code() == 404
                                        ? Fact.<Optional<T>>of(Optional.empty())
                                        : read(
                                                response,
                                                kind,
                                                "/metadata/name",
                                                body -> Optional.of(parse.apply(body))))
                                .exceptionally(e -> failure.of(e, kind)))
                        .toList())
                .thenApply(found ->
                        found.map(f -> f.stream().flatMap(Optional::stream).toList()));
    }

    /** Asks the API a question, such as whether something is allowed. */
    <T> CompletableFuture<Fact<T>> ask(Kind kind, JsonNode question, Function<JsonNode, T> parse) {
        return send(request(kind.path()).post("application/json", question.toString()))
                .thenApply(response -> read(response, kind, "/status/allowed", parse))
                .exceptionally(e -> failure.of(e, kind));
    }

    /** All facts as one; unknown, with the first reason, when one is unknown. */
    static <T> CompletableFuture<Fact<List<T>>> all(List<CompletableFuture<Fact<T>>> facts) {
        CompletableFuture<Fact<List<T>>> result = CompletableFuture.completedFuture(Fact.of(List.of()));
        for (CompletableFuture<Fact<T>> fact : facts) {
            result = result.thenCombine(
                    fact,
                    (before, next) -> before.flatMap(list -> next.map(value ->
                            Stream.concat(list.stream(), Stream.of(value)).toList())));
        }
        return result;
    }

    /** @param field the field that a valid response has */
    private <T> Fact<T> read(HttpResponse<byte[]> response, Kind kind, String field, Function<JsonNode, T> parse) {
        return response.isSuccessful() ? document(response, kind.path(), field).map(parse) : failure.of(response, kind);
    }

    /**
     * A list of which some pages have been read.
     *
     * @param token of the page that is read now; empty for the first
     * @param tokens all tokens so far
     * @param restarted whether the list was started over
     */
    private record Listing<T>(String token, List<T> items, Set<String> tokens, boolean restarted) {
        Listing<T> at(String next) {
            return new Listing<>(next, items, tokens, restarted);
        }
    }

    /** Reads from a page that has been requested to the end. */
    private <T> CompletableFuture<Fact<List<T>>> pages(
            Kind kind, Function<JsonNode, T> parse, Page<T> page, Listing<T> listing) {
        // The server prepares the next page while this one arrives.
        CompletableFuture<Page<T>> ahead = page.next().thenApply(next -> page(kind, parse, next));
        return page.whole().thenCompose(answer -> {
            // The token has expired because reading was slow; the list starts over, once.
            if (answer.code() == 410 && !listing.token().isEmpty() && !listing.restarted()) {
                return pages(
                        kind,
                        parse,
                        page(kind, parse, ""),
                        new Listing<>("", new ArrayList<>(), new HashSet<>(), true));
            }
            if (answer.code() == 404 && kind.optional()) {
                return CompletableFuture.completedFuture(Fact.of(List.of()));
            }
            if (!answer.isSuccessful()) {
                Fact<List<T>> unread = failure.of(answer.code(), answer.message(), kind);
                return answer.code() == 403 && !kind.namespace().isEmpty()
                        ? namespaces.thenApply(known -> absent(kind, known) ? Fact.of(List.of()) : unread)
                        : CompletableFuture.completedFuture(unread);
            }
            listing.items().addAll(answer.items());
            if (!ahead.isDone()) {
                return CompletableFuture.completedFuture(Fact.of(List.copyOf(listing.items())));
            }
            String next = page.next().join();
            if (!listing.tokens().add(next) || listing.tokens().size() > MOST_PAGES) {
                return CompletableFuture.completedFuture(
                        Fact.unknown("no end on " + kind.path() + ": the API server repeats pages"));
            }
            if (objects.addAndGet(answer.items().size()) > MOST_OBJECTS) {
                return CompletableFuture.completedFuture(Fact.unknown(
                        "more than " + MOST_OBJECTS + " objects in the cluster, counted up to " + kind.path()));
            }
            return pages(kind, parse, ahead.join(), listing.at(next));
        });
    }

    /** A namespace that does not exist holds nothing, and no right to list it can be granted in it. */
    private static boolean absent(Kind kind, Fact<List<NamespaceFacts>> known) {
        return known.known()
                .filter(all -> all.stream().noneMatch(n -> n.name().equals(kind.namespace())))
                .isPresent();
    }

    private <T> Page<T> page(Kind kind, Function<JsonNode, T> parse, String token) {
        HttpRequest.Builder request = request(kind.path() + "?limit=" + pageSize
                + (kind.selector().isEmpty() ? "" : "&labelSelector=" + encoded(kind.selector()))
                + (token.isEmpty() ? "" : "&continue=" + encoded(token)));
        request.setHeader("Accept", kind.accept());
        try {
            return Page.ask(client.getHttpClient(), request.build(), kind.fields(), parse);
        } catch (RuntimeException e) {
            // Such as a token that cannot be obtained.
            return Page.failed(e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl().toString().replaceFirst("/$", "") + path))
                .header("Accept", JsonEncoding.TYPE);
    }

    private CompletableFuture<HttpResponse<byte[]>> send(String path) {
        return send(request(path));
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        try {
            return client.getHttpClient().sendAsync(request.build(), byte[].class);
        } catch (RuntimeException e) {
            // Such as a token that cannot be obtained.
            return CompletableFuture.failedFuture(new CompletionException(e));
        }
    }
}
