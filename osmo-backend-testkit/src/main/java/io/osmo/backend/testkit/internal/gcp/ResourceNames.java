// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

/** Parts of resource names such as {@code projects/p/locations/us-central1/clusters/c}. */
public final class ResourceNames {
    private ResourceNames() {}

    /** The last segment. */
    public static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The segment before the last one, such as {@code clusters}. */
    public static String collection(String name) {
        int end = name.lastIndexOf('/');
        return name.substring(name.lastIndexOf('/', end - 1) + 1, end);
    }

    /** What the resource is in: the name without its last two segments. */
    public static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/', name.lastIndexOf('/') - 1)));
    }

    /** The fourth segment: region or zone of a name that has one. */
    public static String scope(String name) {
        return name.split("/", -1)[3];
    }

    /** The location in a name, refused when the name has none. */
    public static String location(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length < 4 || !parts[0].equals("projects") || !parts[2].equals("locations")) {
            throw GcpError.invalid("Invalid resource name: '" + name + "'.");
        }
        return parts[3];
    }

    /** The name without project and {@code locations/}. */
    public static String withoutProject(String name) {
        return name.replaceFirst("^projects/[^/]+/(locations/)?", "");
    }
}
