// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.PoolSettings;
import io.osmo.backend.aws.internal.catalog.ImageType;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.provider.SpecPaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Static rules for pools as node groups of EKS. Limits: the EKS API reference. */
final class PoolRules {
    /** EKS takes 63 characters; a GPU pool's groups get their zone as a suffix, such as {@code -us-gov-west-1a}. */
    private static final int LONGEST_NAME = 63;

    private static final int LONGEST_ZONE_SUFFIX = 20;
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][A-Za-z0-9\\-_]*");
    private static final Pattern RESERVATION = Pattern.compile("cr-[0-9a-f]{8,17}");

    private PoolRules() {}

    static List<Violation> validate(BackendSpec spec) {
        EksSettings settings = EksSettings.of(spec.settings());
        List<Violation> violations = new ArrayList<>(
                SpecPaths.eachPool(spec, (pool, path) -> validate(pool, path, settings.pool(pool.name()))));
        for (PoolRole role : PoolRole.values()) {
            settings.amiType(role)
                    .flatMap(type -> ImageType.objection(type, role)
                            .map(objection -> Requirement.RT_1.violation(
                                    "settings.amiTypes." + role.name().toLowerCase(Locale.ROOT),
                                    type,
                                    objection.allowed(),
                                    objection.remedy())))
                    .ifPresent(violations::add);
        }
        Set<String> names = spec.pools().stream().map(NodePool::name).collect(Collectors.toSet());
        settings.pools().keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name -> violations.add(Requirement.CN_1.violation(
                        "settings.pools." + name, name, "pools of the spec: " + names, "Correct the name.")));
        duplicates(spec, violations);
        generations(spec, violations);
        return violations;
    }

    private static List<Violation> validate(NodePool pool, String path, PoolSettings settings) {
        List<Violation> violations = new ArrayList<>();
        int longest = pool.role() == PoolRole.GPU ? LONGEST_NAME - LONGEST_ZONE_SUFFIX : LONGEST_NAME;
        if (!NAME.matcher(pool.name()).matches() || pool.name().length() > longest) {
            violations.add(Requirement.CN_1.violation(
                    path + ".name",
                    pool.name(),
                    "1 to " + longest + " letters, digits, hyphens and underscores, beginning with a letter or digit",
                    "Choose a shorter or simpler name."));
        }
        pool.reservation()
                .filter(id -> !RESERVATION.matcher(id).matches())
                .ifPresent(id -> violations.add(Requirement.CN_1.violation(
                        path + ".reservation",
                        id,
                        "the id of a capacity reservation, such as cr-0123456789abcdef0",
                        "Correct the id.")));
        boolean oneZone = settings.placementGroup() || pool.reservation().isPresent();
        if (oneZone && pool.zones().size() != 1) {
            violations.add(Requirement.CN_1.violation(
                    path + ".zones",
                    pool.zones().isEmpty() ? "no zone" : String.join(", ", pool.zones()),
                    "exactly one zone, since a "
                            + (settings.placementGroup() ? "cluster placement group" : "capacity reservation")
                            + " is in one zone",
                    "Name the zone."));
        }
        if (settings.capacityBlock() && pool.reservation().isEmpty()) {
            violations.add(Requirement.CN_1.violation(
                    "settings.pools." + pool.name() + ".capacityBlock",
                    "true",
                    "false for a pool without reservation",
                    "Name the capacity block by the pool's reservation."));
        }
        if (settings.capacityBlock() && pool.instanceTypes().size() > 1) {
            violations.add(Requirement.CN_1.violation(
                    path + ".instanceTypes",
                    String.join(", ", pool.instanceTypes()),
                    "the one type of the capacity block",
                    "Remove the others."));
        }
        return violations;
    }

    /** The names of a GPU pool's groups end with their zone, so one may be the name of another pool. */
    private static void duplicates(BackendSpec spec, List<Violation> violations) {
        Map<String, String> taken = new HashMap<>();
        for (NodePool pool : spec.pools()) {
            for (String group : possibleGroups(spec, pool)) {
                String other = taken.putIfAbsent(group, pool.name());
                if (other != null && !other.equals(pool.name())) {
                    violations.add(Requirement.CN_1.violation(
                            "computePools",
                            pool.name(),
                            "names that differ as node groups too: " + group + " is also one of pool " + other,
                            "Rename one of the two."));
                }
            }
        }
    }

    /** A later generation of one pool's node group must not be the node group of another pool. */
    private static void generations(BackendSpec spec, List<Violation> violations) {
        for (NodePool pool : spec.pools()) {
            for (NodePool other : spec.pools()) {
                for (String base : possibleGroups(spec, other)) {
                    possibleGroups(spec, pool).stream()
                            .filter(group -> PoolNames.isGenerationOf(group, base))
                            .findFirst()
                            .ifPresent(group -> violations.add(Requirement.CN_1.violation(
                                    "computePools",
                                    pool.name(),
                                    "names that are no later node group of another pool: " + group
                                            + " may become one of pool " + other.name(),
                                    "Rename one of the two.")));
                }
            }
        }
    }

    private static List<String> possibleGroups(BackendSpec spec, NodePool pool) {
        if (pool.role() != PoolRole.GPU) {
            return List.of(pool.name());
        }
        List<String> ofNetwork = spec.network().zones().isEmpty()
                ? NetworkLayout.possibleZones(spec.region())
                : spec.network().zones();
        return (pool.zones().isEmpty() ? ofNetwork : pool.zones())
                .stream().map(zone -> DesiredPool.base(pool, zone)).toList();
    }
}
