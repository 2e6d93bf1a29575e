// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A mesh that adds a container to each pod of a workflow: the container keeps running when the task has ended, so that the pod never
 * does, and its requests are on top of those that OSMO counts.
 */
public final class SidecarInjection extends AbstractCheck {
    private static final Map<String, List<String>> LABELS =
            Map.of("istio-injection", List.of("enabled"), "kuma.io/sidecar-injection", List.of("enabled", "true"));

    private static final Map<String, List<String>> ANNOTATIONS = Map.of(
            "linkerd.io/inject", List.of("enabled", "ingress"),
            "openservicemesh.io/sidecar-injection", List.of("enabled", "yes", "true"));

    /** Istio's revision; the other label of Istio decides if both are set. */
    private static final String REVISION = "istio.io/rev";

    /** Its value may be the name of a collector. */
    private static final String COLLECTOR = "sidecar.opentelemetry.io/inject";

    public SidecarInjection() {
        super(
                "security.sidecar-injection",
                "no sidecar that a service mesh adds to the pods of workflows",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        String name = evidence.expectations().workflowNamespace();
        return given(evidence.snapshot().core().namespaces(), all -> {
            List<NamespaceFacts> own =
                    all.stream().filter(n -> n.name().equals(name)).toList();
            for (NamespaceFacts namespace : own) {
                if (namespace.labels() instanceof Fact.Unknown<Map<String, String>> unread) {
                    return unknown(unread);
                }
                if (namespace.annotations() instanceof Fact.Unknown<Map<String, String>> unread) {
                    return unknown(unread);
                }
            }
            return each(
                    own,
                    "namespaces of that name",
                    n -> injection(n).isEmpty(),
                    n -> String.join(", ", injection(n)),
                    "A sidecar keeps running when its task has ended, so the pod never completes. Turn it off: kubectl label"
                            + " namespace " + name + " --overwrite istio-injection=disabled for Istio,"
                            + " kuma.io/sidecar-injection=disabled for Kuma; kubectl annotate namespace " + name
                            + " KEY- for annotations.");
        });
    }

    /** The labels and annotations that ask for a sidecar, with their values. */
    private static List<String> injection(NamespaceFacts namespace) {
        Map<String, String> labels = namespace.labels().known().orElse(Map.of());
        Map<String, String> annotations = namespace.annotations().known().orElse(Map.of());
        Map<String, String> found = new HashMap<>();
        LABELS.forEach((key, values) -> keep(labels, key, values, found));
        ANNOTATIONS.forEach((key, values) -> keep(annotations, key, values, found));
        String revision = labels.getOrDefault(REVISION, "");
        if (!revision.isEmpty() && !labels.containsKey("istio-injection")) {
            found.put(REVISION, revision);
        }
        String collector = annotations.getOrDefault(COLLECTOR, "false");
        if (!collector.equals("false") && !collector.isEmpty()) {
            found.put(COLLECTOR, collector);
        }
        List<String> shown = new ArrayList<>();
        found.forEach((key, value) -> shown.add(key + "=" + value));
        return shown.stream().sorted().toList();
    }

    private static void keep(Map<String, String> present, String key, List<String> values, Map<String, String> found) {
        String value = present.getOrDefault(key, "");
        if (values.contains(value)) {
            found.put(key, value);
        }
    }
}
