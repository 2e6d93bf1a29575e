// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.permission;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.spec.BackendSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The scopes at which a role with an action must be assigned. The backend's own resource group does not exist beforehand, so its actions
 * are needed in the subscription; actions on existing objects are needed only in their resource groups.
 *
 * @see <a href="https://learn.microsoft.com/azure/role-based-access-control/scope-overview">Azure: scopes of roles</a>
 */
public final class RoleScopes {
    private static final String ROLE_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments/";
    private static final String LIST_PERMISSIONS = "Microsoft.Authorization/permissions/read";

    /** Lists of a subscription or region, registrations, resource groups, and the progress of operations. */
    private static final Pattern OF_SUBSCRIPTION = Pattern.compile("Microsoft\\.(Resources|Features|Insights)/.*"
            + "|.*/locations/.*"
            + "|.*/register/action"
            + "|.*/checkNameAvailability/read"
            + "|Microsoft\\.Compute/skus/read"
            + "|Microsoft\\.Storage/operations/read"
            + "|Microsoft\\.Authorization/(permissions|denyAssignments|locks|roleAssignments)/read");

    /** Listed in the group too, where a role holds for it alone. */
    private static final Pattern OF_BOTH =
            Pattern.compile("Microsoft\\.Authorization/(permissions|denyAssignments|locks|roleAssignments)/read");

    private static final Pattern GROUP =
            Pattern.compile("(/subscriptions/[^/]+/resourceGroups/[^/]+)(/.*)?", Pattern.CASE_INSENSITIVE);

    /** Objects of others that a spec names: where they are, and the actions on them. */
    private record Existing(String group, Predicate<String> actions) {}

    private RoleScopes() {}

    /**
     * Splits actions by the scope at which they are needed.
     *
     * @param subscription its id
     * @param spec empty when everything is destroyed; the resource group is not known then
     * @return by id of the scope; an action may be needed at several
     */
    public static SortedMap<String, SortedSet<String>> of(
            String subscription, Optional<BackendSpec> spec, Collection<String> actions) {
        String all = "/subscriptions/" + subscription;
        String own = spec.map(s -> AksSettings.of(s.settings()))
                .flatMap(AksSettings::resourceGroup)
                .map(group -> all + "/resourceGroups/" + group)
                .orElse(all);
        List<Existing> existing = spec.map(RoleScopes::existing).orElse(List.of());
        SortedMap<String, SortedSet<String>> scopes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String action : actions) {
            boolean elsewhere = false;
            for (Existing one : existing) {
                if (one.actions().test(action)) {
                    add(scopes, one.group(), action);
                    elsewhere = true;
                } else if (action.startsWith(ROLE_ASSIGNMENTS) || action.equals(LIST_PERMISSIONS)) {
                    add(scopes, one.group(), action);
                }
            }
            boolean ofSubscription = OF_SUBSCRIPTION.matcher(action).matches();
            if (ofSubscription) {
                add(scopes, all, action);
            }
            if (!elsewhere && (!ofSubscription || OF_BOTH.matcher(action).matches())) {
                add(scopes, own, action);
            }
        }
        return scopes;
    }

    private static void add(SortedMap<String, SortedSet<String>> scopes, String scope, String action) {
        scopes.computeIfAbsent(scope, key -> new TreeSet<>()).add(action);
    }

    private static List<Existing> existing(BackendSpec spec) {
        AksSettings settings = AksSettings.of(spec.settings());
        List<Existing> existing = new ArrayList<>();
        spec.network()
                .existingId()
                .ifPresent(id -> group(id)
                        .ifPresent(group -> existing.add(new Existing(
                                group,
                                Pattern.compile(
                                                "Microsoft\\.Network/(virtualNetworks|networkSecurityGroups|routeTables)/.*")
                                        .asMatchPredicate()))));
        spec.encryption()
                .existingKey()
                .ifPresent(id -> group(id)
                        .ifPresent(group -> existing.add(new Existing(
                                group,
                                Pattern.compile("Microsoft\\.KeyVault/vaults/.*")
                                        .asMatchPredicate()))));
        settings.privateDnsZone()
                .ifPresent(id -> group(id)
                        .ifPresent(group -> existing.add(new Existing(
                                group,
                                Pattern.compile("Microsoft\\.Network/privateDnsZones/.*")
                                        .asMatchPredicate()))));
        Reservations.ids(spec)
                .forEach(id -> group(id)
                        .ifPresent(group -> existing.add(new Existing(
                                group,
                                Pattern.compile("Microsoft\\.Compute/capacityReservationGroups/.*")
                                        .asMatchPredicate()))));
        return existing;
    }

    private static Optional<String> group(String id) {
        return Optional.of(GROUP.matcher(id)).filter(match -> match.matches()).map(match -> match.group(1));
    }
}
