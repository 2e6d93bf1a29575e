// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;

/** Ranges inside the cluster. They must not meet the network's, and the DNS service must be one of the services. */
final class Addresses {
    /** Ranges for pods in order of preference: AKS's own default first. */
    private static final List<String> PODS =
            List.of("10.244.0.0/16", "172.28.0.0/14", "192.168.0.0/16", "100.64.0.0/10");

    private static final int DNS_OFFSET = 10;

    private Addresses() {}

    /** The tenth address of the services, as is usual; the first one is that of the API server. */
    static String dns(String serviceCidr) {
        return IpRange.parse(serviceCidr).orElseThrow().addressAt(DNS_OFFSET);
    }

    /**
     * The first range that overlaps neither the network nor the services. Pods in the overlay use no addresses of the network.
     *
     * @param network ranges of the network, whether the backend's own or an existing one
     */
    static String pods(BackendSpec spec, List<String> network) {
        return PODS.stream()
                .filter(range -> network.stream().noneMatch(taken -> meets(range, taken))
                        && !meets(range, spec.network().serviceCidr()))
                .findFirst()
                .orElse(PODS.get(0));
    }

    static boolean meets(String a, String b) {
        return IpRange.parse(a)
                .flatMap(one -> IpRange.parse(b).filter(one::overlaps))
                .isPresent();
    }
}
