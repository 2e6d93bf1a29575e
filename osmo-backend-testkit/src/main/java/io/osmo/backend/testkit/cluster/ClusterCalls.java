// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import io.osmo.backend.testkit.cluster.EmulatedClusters.Refusal;
import io.osmo.backend.testkit.cluster.EmulatedClusters.RequestWatch;
import io.osmo.backend.testkit.cluster.EmulatedClusters.Watched;
import io.osmo.backend.testkit.cluster.internal.Answer;
import io.osmo.backend.testkit.cluster.internal.ApiError;
import io.osmo.backend.testkit.cluster.internal.Json;
import io.osmo.backend.testkit.cluster.internal.Request;
import io.osmo.backend.testkit.internal.http.LocalClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers the requests to emulated API servers, one at a time, however they come. */
final class ClusterCalls {
    /** Verification takes it for the server's time: the JDK's server always writes the time of the machine into {@code Date}. */
    private static final String EMULATED_DATE = "Emulated-Date";

    private static final Set<String> HEALTH = Set.of("readyz", "livez", "healthz");
    private static final String BEARER = "Bearer ";

    private final InstantSource clock;
    private final RequestWatch watch;
    private final Map<String, EmulatedCluster> clusters;

    /** @param clusters by name; whoever has made these calls adds to them and takes from them */
    ClusterCalls(InstantSource clock, RequestWatch watch, Map<String, EmulatedCluster> clusters) {
        this.clock = clock;
        this.watch = watch;
        this.clusters = clusters;
    }

    /** @throws EOFException if the connection breaks without an answer */
    synchronized LocalClient.Answer answer(
            String method, URI uri, Function<String, Optional<String>> header, byte[] body) throws IOException {
        Reply reply = reply(method, uri, header, body);
        if (reply.status() == 0) {
            throw new EOFException("EOF reached while reading");
        }
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC));
        return new LocalClient.Answer(
                reply.status(), Map.of("Content-Type", reply.type(), EMULATED_DATE, now), reply.body());
    }

    private record Reply(int status, String type, byte[] body) {
        static Reply of(Answer answer) throws IOException {
            return new Reply(answer.status(), "application/json", Json.MAPPER.writeValueAsBytes(answer.body()));
        }
    }

    private Reply reply(String method, URI uri, Function<String, Optional<String>> header, byte[] body)
            throws IOException {
        try {
            List<String> path = Arrays.stream(uri.getRawPath().split("/", -1))
                    .filter(s -> !s.isEmpty())
                    .map(ClusterCalls::decoded)
                    .toList();
            List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
            Watched watched = watch.request(method, String.join("/", rest));
            if (watched.refusal().isPresent()) {
                return refused(watched.refusal().get());
            }
            EmulatedCluster cluster = path.isEmpty() ? null : clusters.get(path.get(0));
            if (cluster == null) {
                throw ApiError.unknownPath();
            }
            if (!rest.isEmpty() && HEALTH.contains(rest.get(0))) {
                return new Reply(200, "text/plain; charset=utf-8", "ok".getBytes(StandardCharsets.UTF_8));
            }
            String token = header.apply("Authorization").orElse("");
            if (!token.startsWith(BEARER) || token.length() == BEARER.length()) {
                throw new ApiError(401, "Unauthorized", "Unauthorized");
            }
            Answer answer = cluster.handle(new Request(
                    method,
                    rest,
                    query(uri.getRawQuery()),
                    header.apply("Content-Type").orElse(""),
                    header.apply("User-Agent")
                            .filter(agent -> !agent.isEmpty())
                            .map(agent -> agent.split("/", -1)[0])
                            .orElse("unknown"),
                    body));
            Optional<Refusal> lost = watched.response().get();
            return lost.isPresent() ? refused(lost.get()) : Reply.of(answer);
        } catch (ApiError e) {
            return Reply.of(e.answer());
        } catch (RuntimeException | IOException e) {
            return Reply.of(new ApiError(500, "InternalError", "Internal error occurred: " + e).answer());
        }
    }

    private static Reply refused(Refusal refusal) throws IOException {
        return refusal.status() == 0
                ? new Reply(0, "", new byte[0])
                : Reply.of(new ApiError(refusal.status(), refusal.reason(), refusal.message()).answer());
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equal = part.indexOf('=');
                String key = equal < 0 ? part : part.substring(0, equal);
                query.put(decoded(key), equal < 0 ? "" : decoded(part.substring(equal + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
