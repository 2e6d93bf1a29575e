// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.backup.model.BackupSelection;
import software.amazon.awssdk.services.backup.model.ConditionParameter;
import software.amazon.awssdk.services.backup.model.Conditions;

/**
 * Something that a selection of AWS Backup may include. Resources, tags and conditions narrow each other down; any of the listed
 * tags is enough, the conditions must all hold. Without opt-in only what is named by its resource type is included.
 *
 * @param optedIn whether the account has opted in to backups of this type
 * @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html">AWS Backup: Assigning
 *     resources</a>
 */
record BackupCandidate(String arn, Map<String, String> tags, boolean optedIn) {
    private static final String TAG = "aws:ResourceTag/";

    boolean isIn(BackupSelection selection) {
        return selected(selection.resources())
                && selection.notResources().stream().noneMatch(pattern -> like(arn, pattern))
                && (selection.listOfTags().isEmpty()
                        || selection.listOfTags().stream()
                                .anyMatch(tag -> has(tag.conditionKey(), tag.conditionValue(), String::equals)))
                && (selection.conditions() == null || meets(selection.conditions()));
    }

    private boolean selected(List<String> patterns) {
        List<String> matching =
                patterns.stream().filter(pattern -> like(arn, pattern)).toList();
        return patterns.isEmpty()
                ? optedIn
                : !matching.isEmpty() && (optedIn || matching.stream().anyMatch(BackupCandidate::namesType));
    }

    /** Whether a pattern goes beyond the service, such as {@code arn:aws:ec2:*:*:volume/*}. */
    private static boolean namesType(String pattern) {
        String[] parts = pattern.split(":", 6);
        return parts.length == 6 && !parts[5].startsWith("*");
    }

    private boolean meets(Conditions conditions) {
        return all(conditions.stringEquals(), true, String::equals)
                && all(conditions.stringLike(), true, BackupCandidate::like)
                && all(conditions.stringNotEquals(), false, String::equals)
                && all(conditions.stringNotLike(), false, BackupCandidate::like);
    }

    private boolean all(
            Collection<ConditionParameter> conditions, boolean wanted, BiPredicate<String, String> comparison) {
        return conditions.stream()
                .allMatch(condition -> has(condition.conditionKey(), condition.conditionValue(), comparison) == wanted);
    }

    private boolean has(String key, String value, BiPredicate<String, String> comparison) {
        String tag = key.startsWith(TAG) ? key.substring(TAG.length()) : key;
        return Stream.ofNullable(tags.get(tag)).anyMatch(its -> comparison.test(its, value));
    }

    /** Matches with {@code *} for anything. */
    private static boolean like(String text, String pattern) {
        return Stream.of(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.collectingAndThen(Collectors.joining(".*"), Pattern::compile))
                .matcher(text)
                .matches();
    }
}
