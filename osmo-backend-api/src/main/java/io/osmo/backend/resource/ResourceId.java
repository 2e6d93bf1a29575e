// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.resource;

import io.osmo.backend.internal.text.ForeignText;

/**
 * Names one resource of a backend, the same in every run: a kind and a name within the backend, such as
 * {@code subnet/private-us-west-2a} or {@code node-group/h100-us-west-2b}.
 *
 * @param kind kind in lower case with hyphens
 * @param name name within the backend; may hold further slashes
 */
public record ResourceId(String kind, String name) implements Comparable<ResourceId> {
    public static ResourceId of(String kind, String name) {
        return new ResourceId(kind, name);
    }

    public static ResourceId parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new IllegalArgumentException("not a resource id: " + ForeignText.line(text, 200));
        }
        return new ResourceId(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Compares the texts without building them, because graphs are sorted often. */
    @Override
    public int compareTo(ResourceId other) {
        if (kind.equals(other.kind)) {
            return name.compareTo(other.name);
        }
        int shared = Math.min(kind.length(), other.kind.length());
        for (int i = 0; i < shared; i++) {
            int order = Character.compare(kind.charAt(i), other.kind.charAt(i));
            if (order != 0) {
                return order;
            }
        }
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
