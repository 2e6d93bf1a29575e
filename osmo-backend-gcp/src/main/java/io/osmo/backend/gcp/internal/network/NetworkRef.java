// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network and the subnet that a backend is in. An existing network may be that of another project, the host project of a <a
 * href="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc">Shared VPC</a>.
 *
 * @param project that has both
 */
public record NetworkRef(String project, String region, String network, String subnet) {
    private static final String HOST = "(?:https://[^/]+/(?:compute/)?[^/]+/)?";
    private static final String NAME = "([a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)";
    private static final Pattern NETWORK =
            Pattern.compile(HOST + "(?:(?:projects/(?<project>[^/]+)/)?global/networks/)?" + NAME);
    private static final Pattern SUBNET =
            Pattern.compile(HOST + "(?:(?:projects/(?<project>[^/]+)/)?regions/(?<region>[^/]+)/subnetworks/)?" + NAME);

    /** The network that a backend has or gets; the subnet is the first one that the spec names. */
    static NetworkRef of(GcpContext context, Optional<BackendSpec> spec) {
        Optional<Network> existing = spec.map(BackendSpec::network)
                .filter(network -> network.existingId().isPresent());
        if (existing.isEmpty()) {
            return new NetworkRef(context.project(), context.region(), context.objectName(), context.objectName());
        }
        String network = existing.get().existingId().orElseThrow();
        String subnet = existing.get().existingSubnetIds().get(0);
        String project = project(network).or(() -> project(subnet)).orElseGet(context::project);
        return new NetworkRef(project, context.region(), name(network), name(subnet));
    }

    /** The network that a spec gets that names none. */
    public static NetworkRef own(GcpContext context) {
        return of(context, Optional.empty());
    }

    /** Of a spec whose network exists or will. */
    public static NetworkRef of(GcpContext context, BackendSpec spec) {
        return of(context, Optional.of(spec));
    }

    /** Whether it is the network of another project. */
    boolean isShared(GcpContext context) {
        return !project.equals(context.project());
    }

    /** Such as {@code projects/p/global/networks/n}. */
    public String networkPath() {
        return "projects/" + project + "/global/networks/" + network;
    }

    /** Such as {@code projects/p/regions/us-central1/subnetworks/s}. */
    public String subnetPath() {
        return "projects/" + project + "/regions/" + region + "/subnetworks/" + subnet;
    }

    static boolean isNetwork(String idOrLink) {
        return NETWORK.matcher(idOrLink).matches();
    }

    static boolean isSubnet(String idOrLink) {
        return SUBNET.matcher(idOrLink).matches();
    }

    /** The project in a path or link. */
    public static Optional<String> project(String idOrLink) {
        return group(NETWORK, idOrLink, "project").or(() -> group(SUBNET, idOrLink, "project"));
    }

    /** The region in the path or link of a subnet. */
    static Optional<String> region(String subnet) {
        return group(SUBNET, subnet, "region");
    }

    private static Optional<String> group(Pattern pattern, String text, String name) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.ofNullable(matcher.group(name)) : Optional.empty();
    }

    /** The path in a link, from {@code projects/} on. */
    public static String path(String link) {
        int projects = link.indexOf("projects/");
        return projects < 0 ? link : link.substring(projects);
    }

    private static String name(String idOrLink) {
        return idOrLink.substring(idOrLink.lastIndexOf('/') + 1);
    }
}
