// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.PoolSettings;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        List<Violation> violations = new ArrayList<>();
        spec.operatorPool().ifPresent(pool -> validate(pool, "operatorPool", settings, violations));
        for (int i = 0; i < spec.computePools().size(); i++) {
            validate(spec.computePools().get(i), "computePools[" + i + "]", settings, violations);
        }
        for (PoolRole role : PoolRole.values()) {
            settings.amiType(role)
                    .ifPresent(type -> ImageType.objection(type, role)
                            .ifPresent(objection -> violations.add(violation(
                                    "settings.amiTypes." + role.name().toLowerCase(Locale.ROOT),
                                    Requirement.RT_1,
                                    type,
                                    objection.allowed(),
                                    objection.remedy()))));
        }
        Set<String> names = spec.pools().stream().map(NodePool::name).collect(Collectors.toSet());
        settings.pools().keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name -> violations.add(violation(
                        "settings.pools." + name,
                        Requirement.CN_1,
                        name,
                        "pools of the spec: " + names,
                        "Correct the name.")));
        duplicates(spec, violations);
        return violations;
    }

    private static void validate(NodePool pool, String path, EksSettings settings, List<Violation> violations) {
        int longest = pool.role() == PoolRole.GPU ? LONGEST_NAME - LONGEST_ZONE_SUFFIX : LONGEST_NAME;
        if (!NAME.matcher(pool.name()).matches() || pool.name().length() > longest) {
            violations.add(violation(
                    path + ".name",
                    Requirement.CN_1,
                    pool.name(),
                    "1 to " + longest + " letters, digits, hyphens and underscores, beginning with a letter or digit",
                    "Choose a shorter or simpler name."));
        }
        PoolSettings own = settings.pool(pool.name());
        pool.reservation()
                .filter(id -> !RESERVATION.matcher(id).matches())
                .ifPresent(id -> violations.add(violation(
                        path + ".reservation",
                        Requirement.CN_1,
                        id,
                        "the id of a capacity reservation, such as cr-0123456789abcdef0",
                        "Correct the id.")));
        boolean oneZone = own.placementGroup() || pool.reservation().isPresent();
        if (oneZone && pool.zones().size() != 1) {
            violations.add(violation(
                    path + ".zones",
                    Requirement.CN_1,
                    pool.zones().isEmpty() ? "no zone" : String.join(", ", pool.zones()),
                    "exactly one zone, for a "
                            + (own.placementGroup() ? "cluster placement group" : "capacity reservation")
                            + " lies in one",
                    "Name the zone."));
        }
        if (own.capacityBlock() && pool.reservation().isEmpty()) {
            violations.add(violation(
                    "settings.pools." + pool.name() + ".capacityBlock",
                    Requirement.CN_1,
                    "true",
                    "false for a pool without reservation",
                    "Name the capacity block by the pool's reservation."));
        }
        if (own.capacityBlock() && pool.instanceTypes().size() > 1) {
            violations.add(violation(
                    path + ".instanceTypes",
                    Requirement.CN_1,
                    String.join(", ", pool.instanceTypes()),
                    "the one type of the capacity block",
                    "Remove the others."));
        }
    }

    /** A GPU pool's groups carry their zone, so they may meet the name of another pool. */
    private static void duplicates(BackendSpec spec, List<Violation> violations) {
        Map<String, String> taken = new HashMap<>();
        for (NodePool pool : spec.pools()) {
            for (String group : possibleGroups(spec, pool)) {
                String other = taken.putIfAbsent(group, pool.name());
                if (other != null && !other.equals(pool.name())) {
                    violations.add(violation(
                            "computePools",
                            Requirement.CN_1,
                            pool.name(),
                            "names that stay apart as node groups: " + group + " is also one of pool " + other,
                            "Rename one of the two."));
                }
            }
        }
    }

    private static List<String> possibleGroups(BackendSpec spec, NodePool pool) {
        if (pool.role() != PoolRole.GPU) {
            return List.of(pool.name());
        }
        return (pool.zones().isEmpty() ? possibleZones(spec) : pool.zones())
                .stream().map(zone -> PlannedGroup.name(pool, zone)).toList();
    }

    private static List<String> possibleZones(BackendSpec spec) {
        return spec.network().zones().isEmpty()
                ? "abcdefg"
                        .chars()
                        .mapToObj(letter -> spec.region() + (char) letter)
                        .toList()
                : spec.network().zones();
    }

    private static Violation violation(
            String path, Requirement requirement, String given, String allowed, String remedy) {
        return new Violation(path, Optional.of(requirement.id()), given, allowed, remedy);
    }
}
