// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * The namespace of one run. Everything that a run creates is in it or owned by it, so deleting it deletes everything. Labels say
 * which run created it, an annotation says when it expires; so a later run removes what a crash left behind, and nothing else.
 */
record ProbeNamespace(String run) {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String MANAGER = "osmo-backend-verify";
    private static final String RUN = "osmo-backend-probe-run";
    private static final String EXPIRES = "osmo-backend-probe-expires";
    private static final String PREFIX = "osmo-backend-probe-";

    /** What a run may take beyond its deadlines, to create its objects and to remove them. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** @param random in [0, 1) */
    static ProbeNamespace of(double random) {
        String digits = Long.toString((long) (random * (1L << 40)), 36);
        return new ProbeNamespace("0".repeat(8 - Math.min(8, digits.length())) + digits);
    }

    String name() {
        return PREFIX + run;
    }

    Map<String, String> labels() {
        return Map.of(MANAGED_BY, MANAGER, RUN, run);
    }

    Namespace manifest(Instant now, Duration overall) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name())
                .withLabels(labels())
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .addToLabels("pod-security.kubernetes.io/enforce-version", "latest")
                .addToAnnotations(EXPIRES, now.plus(overall).plus(MARGIN).toString())
                .endMetadata()
                .build();
    }

    /** Whether a run has created this namespace and it has expired; it may be in deletion already, and hang there. */
    static boolean isLeftover(Namespace namespace, Instant now) {
        ObjectMeta metadata = namespace.getMetadata();
        Map<String, String> labels = metadata.getLabels() == null ? Map.of() : metadata.getLabels();
        Map<String, String> annotations = metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
        return MANAGER.equals(labels.get(MANAGED_BY))
                && metadata.getName().equals(PREFIX + labels.get(RUN))
                && isPast(annotations.getOrDefault(EXPIRES, ""), now);
    }

    private static boolean isPast(String expiry, Instant now) {
        try {
            return Instant.parse(expiry).isBefore(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
