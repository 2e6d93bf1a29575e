// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.azure.internal.AzureTags;
import io.osmo.backend.azure.internal.catalog.KubernetesVersion;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules for the cluster. */
final class ClusterRules {
    /** 1 to 63 letters, digits, hyphens and underscores; ends with a letter or digit. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?");

    private static final int MOST_ZONES = 3;
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

    private static final Set<String> CHANNELS = Set.of("none", "patch", "stable", "rapid", "node-image");
    private static final int MIN_SYSTEM_NODES = 2;
    private static final int MIN_RETENTION = 7;
    private static final int MAX_RETENTION = 90;

    private ClusterRules() {}

    static List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>(AzureTags.RULES.check(spec.tags()));
        AksSettings settings = AksSettings.of(spec.settings());
        if (!NAME.matcher(spec.name()).matches()) {
            violations.add(new Violation(
                    "name",
                    Optional.empty(),
                    spec.name(),
                    "1 to 63 letters, digits, hyphens and underscores",
                    "Shorten or respell it."));
        }
        numbers(settings, violations);
        choices(spec, settings, violations);
        identities("admins", spec.admins(), violations);
        identities("settings.adminGroups", settings.adminGroups(), violations);
        settings.subscription()
                .filter(id -> !UUID.matcher(id).matches())
                .ifPresent(id -> violations.add(new Violation(
                        "settings.subscription",
                        Optional.empty(),
                        id,
                        "the id of a subscription, such as 11111111-2222-4333-8444-555555555555",
                        "Give its id, not its name: az account list shows both.")));
        if (spec.network()
                .cidr()
                .filter(range -> Addresses.meets(spec.network().serviceCidr(), range))
                .isPresent()) {
            violations.add(new Violation(
                    "network.serviceCidr",
                    Optional.of("NW-1"),
                    spec.network().serviceCidr(),
                    "a range outside network.cidr",
                    "AKS refuses services inside the virtual network; choose another range."));
        }
        return violations;
    }

    private static void numbers(AksSettings settings, List<Violation> violations) {
        if (settings.systemNodes() < MIN_SYSTEM_NODES) {
            violations.add(new Violation(
                    "settings.systemNodes",
                    Optional.empty(),
                    String.valueOf(settings.systemNodes()),
                    "at least " + MIN_SYSTEM_NODES,
                    "AKS demands two nodes for its own pods."));
        }
        if (settings.vaultRetentionDays() < MIN_RETENTION || settings.vaultRetentionDays() > MAX_RETENTION) {
            violations.add(new Violation(
                    "settings.vaultRetentionDays",
                    Optional.empty(),
                    String.valueOf(settings.vaultRetentionDays()),
                    MIN_RETENTION + " to " + MAX_RETENTION,
                    "Choose a number in that range."));
        }
    }

    private static void choices(BackendSpec spec, AksSettings settings, List<Violation> violations) {
        if (spec.network().zoneCount() > MOST_ZONES) {
            violations.add(new Violation(
                    "network.zoneCount",
                    Optional.of("CP-3"),
                    String.valueOf(spec.network().zoneCount()),
                    "at most " + MOST_ZONES + ": no region of Azure has more zones",
                    "Lower the number, or leave it out."));
        }
        if (!CHANNELS.contains(settings.upgradeChannel())) {
            violations.add(new Violation(
                    "settings.upgradeChannel",
                    Optional.empty(),
                    settings.upgradeChannel(),
                    "one of " + CHANNELS.stream().sorted().collect(Collectors.joining(", ")),
                    "Choose one of these."));
        }
        if (settings.tier().filter(tier -> tier == Tier.FREE).isPresent() && spec.profile() == Profile.PRODUCTION) {
            violations.add(new Violation(
                    "settings.tier",
                    Optional.of("CP-3"),
                    "FREE",
                    "STANDARD or PREMIUM in the production profile",
                    "The free tier has no service level; leave the tier out or use the development profile."));
        }
        if (settings.endpoint().filter(uri -> !"https".equals(uri.getScheme())).isPresent()) {
            violations.add(new Violation(
                    "settings.endpoint",
                    Optional.empty(),
                    settings.endpoint().get().toString(),
                    "an https address",
                    "Tokens are sent over https only."));
        }
    }

    private static void identities(String path, List<String> ids, List<Violation> violations) {
        for (int i = 0; i < ids.size(); i++) {
            if (!UUID.matcher(ids.get(i)).matches()) {
                violations.add(new Violation(
                        path + "[" + i + "]",
                        Optional.empty(),
                        ids.get(i),
                        "the object id of a user, group or service principal in Microsoft Entra ID",
                        "az ad group show --group NAME --query id shows it."));
            }
        }
    }

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        Optional<Offers> offers = inventory.attachment(Offers.class);
        if (offers.isEmpty()) {
            return List.of();
        }
        List<Violation> violations = new ArrayList<>();
        // A running cluster cannot go back to an earlier version, so such a version needs no offer.
        if (!offers.get().versions().isEmpty()
                && DesiredCluster.moved(spec, inventory).isEmpty()) {
            version(spec, offers.get()).ifPresent(violations::add);
        }
        if (offers.get().sizes().isEmpty()) {
            return List.of(new Violation(
                    "region",
                    Optional.empty(),
                    spec.region(),
                    "a region for which Azure lists the VM sizes that it sells to this subscription",
                    "Correct the region, or run az provider register --namespace Microsoft.Compute first."));
        }
        return violations;
    }

    private static Optional<Violation> version(BackendSpec spec, Offers offers) {
        return spec.kubernetesVersion().flatMap(wanted -> {
            String minor = KubernetesVersion.minor(wanted);
            boolean premium = AksSettings.of(spec.settings())
                    .tier()
                    .filter(tier -> tier == Tier.PREMIUM)
                    .isPresent();
            if (offers.versions().contains(minor)
                    || premium && offers.longTermOnly().contains(minor)) {
                return Optional.empty();
            }
            boolean longTerm = offers.longTermOnly().contains(minor);
            return Optional.of(new Violation(
                    "kubernetesVersion",
                    Optional.of("CP-2"),
                    wanted,
                    longTerm
                            ? "a version in standard support, one of " + String.join(", ", offers.versions()) + "; "
                                    + minor + " has long-term support only"
                            : "one of " + String.join(", ", offers.versions()),
                    longTerm
                            ? "Choose a newer version, or settings.tier PREMIUM for long-term support."
                            : "Choose one of these, or leave it out for the newest."));
        });
    }
}
