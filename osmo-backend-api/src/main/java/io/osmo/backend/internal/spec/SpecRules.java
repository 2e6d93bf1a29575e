// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/** The rules that need neither a provider nor the cloud. */
public final class SpecRules {
    /** What GKE allows, and what leaves room for the longest name that is derived for AWS (an IAM role, 64). */
    private static final int NAME_LENGTH = 40;

    /** AWS allows 50 on most resources; the tags of this library and of Kubernetes need the rest. */
    private static final int MAX_TAGS = 40;

    private static final int TAG_KEY_LENGTH = 128;
    private static final int TAG_VALUE_LENGTH = 256;
    private static final int MAX_RETENTION_DAYS = 36_500;
    private static final Semver OLDEST_KUBERNETES = new Semver("1.30.0");
    private static final Pattern MAJOR_MINOR = Pattern.compile("(0|[1-9]\\d{0,3})\\.(0|[1-9]\\d{0,3})");
    private static final Pattern WITH_PATCH = Pattern.compile("(\\d+\\.\\d+)\\..+");

    private SpecRules() {}

    /** Everything that is wrong with a spec, in the order of its fields. */
    public static List<Violation> check(BackendSpec spec) {
        Problems problems = new Problems();
        place(spec, problems);
        spec.kubernetesVersion().ifPresent(version -> kubernetesVersion(version, problems));
        PoolRules.check(spec, problems);
        NetworkRules.check(spec, problems);
        storage(spec, problems);
        OsmoRules.check(spec, problems);
        ChartRules.check(spec, problems);
        access(spec, problems);
        tags(spec.tags(), problems);
        spec.settings()
                .filter(s -> !s.provider().equals(spec.provider()))
                .ifPresent(settings -> problems.addDescribed(
                        "settings",
                        Requirement.CP_1,
                        "settings for " + settings.provider(),
                        "settings for the spec's provider, " + Problems.show(spec.provider()),
                        "Leave the settings out, or change the provider."));
        return problems.all();
    }

    private static void place(BackendSpec spec, Problems problems) {
        if (!Syntax.isDnsLabel(spec.name(), NAME_LENGTH)
                || !Character.isLetter(spec.name().charAt(0))) {
            problems.add(
                    "name",
                    Requirement.CP_1,
                    spec.name(),
                    "1 to " + NAME_LENGTH + " lower-case letters, digits and hyphens, a letter first, no hyphen last",
                    "Choose such a name; names of cloud resources are derived from it.");
        }
        if (!Syntax.isDnsLabel(spec.provider(), Syntax.LABEL_LENGTH)) {
            problems.add(
                    "provider",
                    Requirement.CP_1,
                    spec.provider(),
                    "the id of a provider, such as aws",
                    "Name the cloud of the backend.");
        }
        if (!Syntax.isDnsLabel(spec.region(), Syntax.LABEL_LENGTH)) {
            problems.add(
                    "region",
                    Requirement.CP_1,
                    spec.region(),
                    "a region in the cloud's own spelling, such as us-west-2",
                    "Name the region, not a zone or its display name.");
        }
    }

    private static void kubernetesVersion(String version, Problems problems) {
        String allowed = "major.minor, 1.30 or newer";
        if (!MAJOR_MINOR.matcher(version).matches()) {
            var patch = WITH_PATCH.matcher(version);
            String remedy = version.startsWith("v")
                    ? "Leave out the v."
                    : patch.matches()
                            ? "Write " + patch.group(1) + "; the cloud chooses the patch release."
                            : "Write it like 1.35, or leave it out for the newest.";
            problems.add("kubernetesVersion", Requirement.CP_2, version, allowed, remedy);
        } else if (new Semver(version + ".0").isLowerThan(OLDEST_KUBERNETES)) {
            problems.add(
                    "kubernetesVersion",
                    Requirement.CP_2,
                    version,
                    allowed,
                    "OSMO needs 1.30; ask for a newer version, or leave it out for the newest.");
        }
    }

    private static void storage(BackendSpec spec, Problems problems) {
        spec.storage()
                .className()
                .filter(name -> !Syntax.isSubdomain(name))
                .ifPresent(name -> problems.add(
                        "storage.className",
                        Requirement.ST_1,
                        name,
                        Syntax.SUBDOMAIN_RULE,
                        "Choose such a name, or leave it out for the provider's own."));
        int days = spec.backup().retentionDays();
        if (days < 1 || days > MAX_RETENTION_DAYS) {
            problems.add(
                    "backup.retentionDays",
                    Requirement.ST_3,
                    days,
                    "1 to " + MAX_RETENTION_DAYS + " days",
                    "Choose how long a recovery point is kept, or set backup.enabled to false.");
        }
        spec.encryption()
                .existingKey()
                .filter(SpecRules::hasSpace)
                .ifPresent(key -> problems.add(
                        "encryption.existingKey",
                        Requirement.SC_1,
                        key,
                        "the id of a key in the cloud's own spelling, without spaces",
                        "Name the key, or leave it out and one is created."));
    }

    private static void access(BackendSpec spec, Problems problems) {
        List<String> admins = spec.admins();
        for (int i = 0; i < admins.size(); i++) {
            if (hasSpace(admins.get(i))) {
                problems.add(
                        "admins[" + i + "]",
                        Requirement.CP_1,
                        admins.get(i),
                        "a principal in the cloud's own spelling, without spaces",
                        "Name a role, user or group, or remove the entry.");
            }
        }
        problems.requireDistinct("admins", Requirement.CP_1, admins, "each principal once");
    }

    private static boolean hasSpace(String text) {
        return text.isEmpty() || text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    private static void tags(Map<String, String> tags, Problems problems) {
        if (tags.size() > MAX_TAGS) {
            problems.addDescribed(
                    "tags",
                    Requirement.CP_1,
                    tags.size() + " tags",
                    MAX_TAGS + " at most",
                    "Remove some; clouds limit tags per resource and some are needed for ownership.");
        }
        tags.forEach((key, value) -> {
            String path = EntryPath.of("tags", key);
            if (key.isBlank() || key.length() > TAG_KEY_LENGTH || hasControl(key)) {
                problems.add(
                        path,
                        Requirement.CP_1,
                        key,
                        "a key of 1 to " + TAG_KEY_LENGTH + " characters",
                        "Shorten the key.");
            } else if (key.startsWith("osmo-") || key.startsWith("kubernetes.io/")) {
                problems.add(
                        path,
                        Requirement.CP_1,
                        key,
                        "any key that begins with neither osmo- nor kubernetes.io/",
                        "Choose another key; those say what owns a resource.");
            }
            if (value.length() > TAG_VALUE_LENGTH || hasControl(value)) {
                problems.add(
                        path,
                        Requirement.CP_1,
                        value,
                        "a value of up to " + TAG_VALUE_LENGTH + " characters",
                        "Shorten the value.");
            }
        });
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
