// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the admission webhooks that decide about OSMO's pods: those of KAI, and those of others that are called for every new pod in
 * an OSMO namespace. For the latter it also reads whether their services have endpoints.
 */
final class WebhookReader {
    private static final String KAI = "kai-admission";

    private final Lists lists;
    private final Expectations expectations;

    WebhookReader(Lists lists, Expectations expectations) {
        this.lists = lists;
        this.expectations = expectations;
    }

    CompletableFuture<Fact<List<WebhookFacts>>> read() {
        return lists.namespaces()
                .thenApply(namespaces -> new OsmoNamespaces(expectations, namespaces))
                .thenCompose(namespaces -> Lists.all(List.of(
                                lists.list(Kinds.VALIDATING_WEBHOOKS, c -> hooks("validating", c, namespaces)),
                                lists.list(Kinds.MUTATING_WEBHOOKS, c -> hooks("mutating", c, namespaces))))
                        .thenApply(fact -> fact.map(types -> types.stream()
                                .flatMap(List::stream)
                                .flatMap(List::stream)
                                .toList())))
                .thenCompose(this::withEndpoints);
    }

    private List<WebhookFacts> hooks(String type, JsonNode configuration, OsmoNamespaces namespaces) {
        List<WebhookFacts> hooks = new ArrayList<>();
        for (JsonNode hook : configuration.path("webhooks")) {
            Fact<Set<String>> covers = namespaces.selected(hook.path("namespaceSelector"));
            if (Parse.name(configuration).contains(KAI)
                    || !covers.equals(Fact.of(Set.of())) && failsClosed(hook) && takesObjects(hook)) {
                hooks.add(hook(type + "/" + Parse.name(configuration), hook, covers));
            }
        }
        return hooks;
    }

    private static WebhookFacts hook(String name, JsonNode hook, Fact<Set<String>> covers) {
        JsonNode client = hook.path("clientConfig");
        JsonNode service = client.path("service");
        String bundle = Parse.text(client, "caBundle");
        return new WebhookFacts(
                name,
                service.isObject() ? Parse.text(service, "namespace") + "/" + Parse.text(service, "name") : "",
                !bundle.isEmpty(),
                failsClosed(hook),
                Fact.of(CaBundles.of(bundle)),
                covers,
                Fact.of(!hook.path("matchConditions").isEmpty()),
                Fact.unknown("the endpoints of this webhook's service are read with those of its namespace"));
    }

    private static boolean failsClosed(JsonNode hook) {
        return !Parse.text(hook, "failurePolicy").equals("Ignore");
    }

    /** Whether it is called for new pods, Services or Secrets of OSMO in general, not only for those with certain labels. */
    private static boolean takesObjects(JsonNode hook) {
        return Matching.selects(hook.path("objectSelector"), Map.of())
                && Matching.created(hook.path("rules"), "pods", "services", "secrets");
    }

    private CompletableFuture<Fact<List<WebhookFacts>>> withEndpoints(Fact<List<WebhookFacts>> read) {
        Map<String, CompletableFuture<Fact<Integer>>> services = new HashMap<>();
        read.known().orElse(List.of()).stream()
                .map(WebhookFacts::service)
                .filter(service -> !service.isEmpty() && !service.startsWith(StackFacts.KAI_NAMESPACE + "/"))
                .forEach(service -> services.computeIfAbsent(service, this::endpoints));
        return CompletableFuture.allOf(services.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> read.map(hooks -> hooks.stream()
                        .map(hook -> services.containsKey(hook.service())
                                ? with(hook, services.get(hook.service()).join())
                                : hook)
                        .toList()));
    }

    private CompletableFuture<Fact<Integer>> endpoints(String service) {
        int slash = service.indexOf('/');
        return lists.list(
                        Kinds.endpoints(service.substring(0, slash), service.substring(slash + 1)),
                        StackReader::endpoint)
                .thenApply(slices -> slices.map(
                        all -> all.stream().mapToInt(EndpointFacts::ready).sum()));
    }

    private static WebhookFacts with(WebhookFacts hook, Fact<Integer> endpoints) {
        return new WebhookFacts(
                hook.configuration(),
                hook.service(),
                hook.certified(),
                hook.required(),
                hook.bundle(),
                hook.namespaces(),
                hook.conditional(),
                endpoints);
    }
}
