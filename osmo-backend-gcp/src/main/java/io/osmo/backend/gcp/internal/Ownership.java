// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How what is ours is told from what is not: by labels where a service has them, by a sentence in the description where it
 * has none (networks, subnets, routers, service accounts).
 */
public final class Ownership {
    public static final String BACKEND = "osmo-backend";
    public static final String MANAGED_BY = "osmo-managed-by";
    public static final String MANAGER = "osmo-backend-java";

    private final String backend;
    private final Map<String, String> extra;

    public Ownership(String backend, Map<String, String> extra) {
        this.backend = backend;
        this.extra = Map.copyOf(extra);
    }

    /** Labels of everything that has labels, sorted. */
    public Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        extra.forEach((key, value) -> labels.put(label(key), label(value)));
        labels.put(BACKEND, backend);
        labels.put(MANAGED_BY, MANAGER);
        return labels;
    }

    /** Description of everything that has no labels. */
    public String description() {
        return BACKEND + "=" + backend + " " + MANAGED_BY + "=" + MANAGER;
    }

    public <O> Observed<O> of(O value, Map<String, String> labels) {
        return owns(labels) ? Observed.ours(value) : Observed.foreign(value);
    }

    public <O> Observed<O> of(O value, String description) {
        return description.equals(description()) ? Observed.ours(value) : Observed.foreign(value);
    }

    public boolean owns(Map<String, String> labels) {
        return backend.equals(labels.get(BACKEND)) && MANAGER.equals(labels.get(MANAGED_BY));
    }

    /**
     * A tag in the alphabet of labels: lower case letters, digits, hyphens and underscores, at most 63 of them. See <a
     * href="https://cloud.google.com/compute/docs/labeling-resources#requirements">requirements for labels</a>.
     */
    public static String label(String text) {
        String folded = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        return folded.length() <= 63 ? folded : folded.substring(0, 63);
    }

    /** Wanted labels that are missing or have another value. Labels that somebody else has added are left alone. */
    public static List<FieldChange> compare(Map<String, String> observed, Map<String, String> wanted) {
        List<FieldChange> changes = new ArrayList<>();
        wanted.forEach((key, value) -> {
            if (!value.equals(observed.get(key))) {
                changes.add(FieldChange.inPlace("labels." + key, observed.getOrDefault(key, "absent"), value));
            }
        });
        return changes;
    }

    /** Labels that are there together with those that are wanted. */
    public static Map<String, String> merged(Map<String, String> observed, Map<String, String> wanted) {
        Map<String, String> all = new TreeMap<>(observed);
        all.putAll(wanted);
        return all;
    }
}
