// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the admission webhooks that decide about OSMO's pods: those of KAI, and those of others that are called for every new pod in
 * an OSMO namespace. For the latter it also reads whether their services have endpoints.
 */
final class WebhookReader {
    private static final String KAI = "kai-admission";

    private final Lists lists;
    private final List<String> osmo;

    WebhookReader(Lists lists, Expectations expectations) {
        this.lists = lists;
        this.osmo = List.of(expectations.operatorNamespace(), expectations.workflowNamespace());
    }

    CompletableFuture<Fact<List<WebhookFacts>>> read() {
        return lists.namespaces()
                .thenCompose(namespaces -> Lists.all(List.of(
                                lists.list(Kinds.VALIDATING_WEBHOOKS, c -> hooks("validating", c, namespaces)),
                                lists.list(Kinds.MUTATING_WEBHOOKS, c -> hooks("mutating", c, namespaces))))
                        .thenApply(fact -> fact.map(types -> types.stream()
                                .flatMap(List::stream)
                                .flatMap(List::stream)
                                .toList())))
                .thenCompose(this::withEndpoints);
    }

    private List<WebhookFacts> hooks(String type, JsonNode configuration, Fact<List<NamespaceFacts>> namespaces) {
        List<WebhookFacts> hooks = new ArrayList<>();
        for (JsonNode hook : configuration.path("webhooks")) {
            Fact<Set<String>> covers = covers(hook, namespaces);
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
        if (!selects(hook.path("objectSelector"), Map.of())) {
            return false;
        }
        for (JsonNode rule : hook.path("rules")) {
            if (among(rule, "apiGroups", "")
                    && !Parse.text(rule, "scope").equals("Cluster")
                    && among(rule, "resources", "pods", "services", "secrets", "*/*")
                    && among(rule, "operations", "CREATE")) {
                return true;
            }
        }
        return false;
    }

    private static boolean among(JsonNode rule, String field, String... values) {
        List<String> found = Parse.strings(rule.path(field));
        return found.contains("*") || Stream.of(values).anyMatch(found::contains);
    }

    /** OSMO's namespaces in which it is called. A namespace that does not exist yet will have no label but its name. */
    private Fact<Set<String>> covers(JsonNode hook, Fact<List<NamespaceFacts>> namespaces) {
        return namespaces.flatMap(all -> {
            Map<String, Map<String, String>> labels = new HashMap<>();
            for (String name : osmo) {
                labels.put(name, Map.of("kubernetes.io/metadata.name", name));
            }
            for (NamespaceFacts namespace : all) {
                if (osmo.contains(namespace.name())) {
                    labels.put(namespace.name(), namespace.labels().known().orElse(Map.of()));
                }
            }
            return Fact.of(osmo.stream()
                    .filter(name -> selects(hook.path("namespaceSelector"), labels.getOrDefault(name, Map.of())))
                    .collect(Collectors.toUnmodifiableSet()));
        });
    }

    /** Whether a selector of Kubernetes matches labels; one that asks for nothing matches all. */
    static boolean selects(JsonNode selector, Map<String, String> labels) {
        for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
            if (!label.getValue().asText().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            String key = Parse.text(expression, "key");
            List<String> values = Parse.strings(expression.path("values"));
            boolean holds = switch (Parse.text(expression, "operator")) {
                case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
                case "NotIn" -> !labels.containsKey(key) || !values.contains(labels.get(key));
                case "Exists" -> labels.containsKey(key);
                case "DoesNotExist" -> !labels.containsKey(key);
                default -> true;
            };
            if (!holds) {
                return false;
            }
        }
        return true;
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
