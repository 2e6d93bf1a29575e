// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.ApiServiceFacts;
import io.osmo.backend.verify.snapshot.ServerFacts;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads which API server answers and what it serves. */
final class ServerReader {
    /** Time of an emulated cluster, which has a clock of its own. */
    private static final String EMULATED_DATE = "Emulated-Date";

    private ServerReader() {}

    /** Starts to read; what is returned collects what has arrived. */
    static Supplier<ServerFacts> start(Lists lists, Config config, Pending pending) {
        Supplier<Fact<HttpResponse<byte[]>>> version = pending.add(lists.get("/version", response -> response));
        Supplier<Fact<JsonNode>> groups = pending.add(lists.groups());
        Supplier<Fact<List<Optional<ApiServiceFacts>>>> apis =
                pending.add(lists.list(Kinds.API_SERVICES, ServerReader::unavailable));
        return () -> new ServerFacts(
                Fact.of(URI.create(config.getMasterUrl())),
                tlsVerified(config, version.get()),
                version.get().flatMap(ServerReader::date),
                version.get()
                        .flatMap(response -> Lists.document(response, "/version", "/gitVersion"))
                        .map(body -> Parse.text(body, "gitVersion")),
                groups.get().map(ServerReader::names),
                apis.get().map(all -> all.stream().flatMap(Optional::stream).toList()));
    }

    /** A client that verifies proves nothing before a server has passed. */
    private static Fact<Boolean> tlsVerified(Config config, Fact<HttpResponse<byte[]>> answer) {
        return config.isTrustCerts() || config.isDisableHostnameVerification()
                ? Fact.of(false)
                : answer.map(response -> true);
    }

    /** The server's clock: the machine that verifies may be anywhere, at any time. */
    private static Fact<Instant> date(HttpResponse<byte[]> response) {
        List<String> dates = response.headers(response.header(EMULATED_DATE) == null ? "Date" : EMULATED_DATE);
        if (dates.isEmpty()) {
            return Fact.unknown("the API server sent no Date header");
        }
        // A proxy may have added a second one.
        return dates.stream()
                .flatMap(date -> parsed(date).stream())
                .findFirst()
                .map(Fact::of)
                .orElseGet(() ->
                        Fact.unknown("the API server sent the Date header '" + dates.get(0) + "', which is no date"));
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The parts of the API for which another server is responsible that does not respond, as the API server's own probes report. */
    private static Optional<ApiServiceFacts> unavailable(JsonNode api) {
        JsonNode service = api.path("spec").path("service");
        for (JsonNode condition : api.path("status").path("conditions")) {
            if (service.isObject()
                    && Parse.text(condition, "type").equals("Available")
                    && Parse.text(condition, "status").equals("False")) {
                return Optional.of(new ApiServiceFacts(
                        Parse.name(api),
                        Parse.text(service, "namespace") + "/" + Parse.text(service, "name"),
                        Parse.text(condition, "reason")));
            }
        }
        return Optional.empty();
    }

    private static Set<String> names(JsonNode groups) {
        Set<String> names = new HashSet<>();
        groups.forEach(g -> names.add(Parse.text(g, "name")));
        return Set.copyOf(names);
    }
}
