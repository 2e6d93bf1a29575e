// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kubernetes minor version such as 1.35. */
public record KubernetesVersion(int major, int minor) implements Comparable<KubernetesVersion> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\..*)?");

    /** Reads {@code 1.35} or {@code 1.35.2}; empty when it is neither. */
    public static Optional<KubernetesVersion> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new KubernetesVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }

    /** Like {@link #parse}, for a text that is known to be a version. */
    public static KubernetesVersion of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a Kubernetes version: " + text));
    }

    public KubernetesVersion next() {
        return new KubernetesVersion(major, minor + 1);
    }

    /** The minor version before. */
    public KubernetesVersion previous() {
        return new KubernetesVersion(major, minor - 1);
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
