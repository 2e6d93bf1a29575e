// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that has its own price in the catalog. The catalog's only key is a description for people, so only unambiguous descriptions
 * are used.
 *
 * @param code its code in a price book
 * @param usage {@code OnDemand} or {@code Preemptible}
 * @param description all that its SKUs are called in the regions
 * @see <a href="https://cloud.google.com/skus">Google Cloud: SKUs</a>
 */
record Rate(String code, Service service, String usage, Pattern description) {
    /** The services that sell it, by the ids of the catalog. */
    enum Service {
        COMPUTE_ENGINE("6F81-5844-456A"),
        KUBERNETES_ENGINE("CCD8-9BF1-090E"),
        NETWORKING("E505-1604-58F8");

        private final String id;

        Service(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    static final String REGIONAL_CLUSTER = "cluster/regional";
    static final String ZONAL_CLUSTER = "cluster/zonal";
    static final String NAT_MACHINE = "nat/machine";
    static final String NAT_ADDRESS = "nat/address";

    private static final String ON_DEMAND = "OnDemand";
    private static final String PREEMPTIBLE = "Preemptible";
    private static final String PLACE = "(?: in .+)?";

    /** What machine families are called. Families with several names, such as A3, have that of the types that are priced here. */
    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("a2", "A2"),
            Map.entry("a3", "A3"),
            Map.entry("c2", "Compute optimized"),
            Map.entry("c2d", "C2D AMD"),
            Map.entry("c3", "C3"),
            Map.entry("c4", "C4"),
            Map.entry("e2", "E2"),
            Map.entry("g2", "G2"),
            Map.entry("n1", "N1 Predefined"),
            Map.entry("n2", "N2"),
            Map.entry("n2d", "N2D AMD"),
            Map.entry("n4", "N4"),
            Map.entry("t2a", "T2A Arm"),
            Map.entry("t2d", "T2D AMD"));

    private static final Map<String, String> GPUS = Map.of(
            "nvidia-tesla-t4", "Nvidia Tesla T4",
            "nvidia-tesla-p4", "Nvidia Tesla P4",
            "nvidia-tesla-p100", "Nvidia Tesla P100",
            "nvidia-tesla-v100", "Nvidia Tesla V100",
            "nvidia-tesla-a100", "Nvidia Tesla A100",
            "nvidia-a100-80gb", "Nvidia Tesla A100 80GB",
            "nvidia-l4", "Nvidia L4",
            "nvidia-h100-80gb", "Nvidia H100 80GB");

    private static final Map<String, String> DISKS = Map.of(
            "pd-standard", "Storage PD Capacity",
            "pd-balanced", "Balanced PD Capacity",
            "pd-ssd", "SSD backed PD Capacity",
            "hyperdisk-balanced", "Hyperdisk Balanced Capacity");

    private static final List<Rate> ALL = all();

    static String core(String family, boolean spot) {
        return kind(spot) + family + "/core";
    }

    static String memory(String family, boolean spot) {
        return kind(spot) + family + "/memory";
    }

    static String gpu(String type, boolean spot) {
        return kind(spot) + type;
    }

    /** A GiB of a disk. */
    static String disk(String type) {
        return "disk/" + type;
    }

    /** A GiB of a local SSD. */
    static String localSsd(boolean spot) {
        return kind(spot) + "local-ssd";
    }

    private static String kind(boolean spot) {
        return spot ? "spot/" : "machine/";
    }

    static List<String> codes() {
        return ALL.stream().map(Rate::code).toList();
    }

    /** The rate that a SKU is the price of; empty if it is that of something else, or not known to be. */
    static Optional<Rate> of(Service service, String usage, String description) {
        return ALL.stream()
                .filter(rate -> rate.service == service && rate.usage.equals(usage))
                .filter(rate -> rate.description.matcher(description).matches())
                .findFirst();
    }

    private static List<Rate> all() {
        List<Rate> all = new ArrayList<>();
        for (boolean spot : new boolean[] {false, true}) {
            String usage = spot ? PREEMPTIBLE : ON_DEMAND;
            String before = spot ? "(?:Spot )?Preemptible " : "";
            String attached = spot ? " attached to (?:Spot )?Preemptible VMs" : "";
            FAMILIES.forEach((family, name) -> {
                String machine = before + name + "(?: Instance)? ";
                all.add(compute(core(family, spot), usage, machine + "Core running in .+"));
                all.add(compute(memory(family, spot), usage, machine + "Ram running in .+"));
            });
            GPUS.forEach((type, name) ->
                    all.add(compute(gpu(type, spot), usage, name + " GPU" + attached + " running in .+")));
            all.add(compute(localSsd(spot), usage, "SSD backed Local Storage" + attached + PLACE));
        }
        DISKS.forEach((type, name) -> all.add(compute(disk(type), ON_DEMAND, name + PLACE)));
        all.add(rate(REGIONAL_CLUSTER, Service.KUBERNETES_ENGINE, "Regional Kubernetes Clusters"));
        all.add(rate(ZONAL_CLUSTER, Service.KUBERNETES_ENGINE, "Zonal Kubernetes Clusters"));
        all.add(rate(NAT_MACHINE, Service.NETWORKING, "Networking Cloud Nat Gateway Uptime"));
        all.add(rate(NAT_ADDRESS, Service.NETWORKING, "Networking Cloud NAT IP Usage"));
        return List.copyOf(all);
    }

    private static Rate compute(String code, String usage, String description) {
        return new Rate(code, Service.COMPUTE_ENGINE, usage, Pattern.compile(description));
    }

    private static Rate rate(String code, Service service, String description) {
        return new Rate(code, service, ON_DEMAND, Pattern.compile(description));
    }
}
