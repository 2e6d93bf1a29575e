// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.encryption.KeyPolicy.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kms.model.GrantListEntry;

/**
 * Who may use an existing key; an attachment of the inventory.
 *
 * @param policy empty when the caller may not read it
 * @param grants empty when the caller may not read them
 */
record KeyAccess(Optional<String> policy, Optional<List<GrantListEntry>> grants) {
    /**
     * What EC2 Auto Scaling does with the key of an encrypted disk: actions of a policy, each with the operations of a grant that
     * suffice for it.
     *
     * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html">EBS: encryption requirements</a>
     */
    private static final Map<String, Set<String>> NEEDED = needed();

    /** Operations of a grant that suffices, in the order of the command line. */
    static final List<String> OPERATIONS = List.of(
            "Encrypt",
            "Decrypt",
            "ReEncryptFrom",
            "ReEncryptTo",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "DescribeKey",
            "CreateGrant");

    KeyAccess {
        grants = grants.map(List::copyOf);
    }

    private static Map<String, Set<String>> needed() {
        Map<String, Set<String>> needed = new LinkedHashMap<>();
        needed.put("kms:CreateGrant", Set.of("CreateGrant"));
        needed.put("kms:Decrypt", Set.of("Decrypt"));
        needed.put("kms:DescribeKey", Set.of("DescribeKey"));
        needed.put("kms:GenerateDataKeyWithoutPlaintext", Set.of("GenerateDataKeyWithoutPlaintext"));
        needed.put("kms:ReEncryptFrom", Set.of("ReEncryptFrom"));
        needed.put("kms:ReEncryptTo", Set.of("ReEncryptTo"));
        return needed;
    }

    /**
     * What neither policy nor grants allow.
     *
     * @param certain what is missing for certain
     * @param unsure what may be missing: a part could not be read, or has conditions that cannot be judged
     */
    record Missing(List<String> certain, List<String> unsure) {}

    /** @param role ARN of the role that starts nodes */
    Missing missing(String role, String region) {
        Set<String> granted = grants.orElse(List.of()).stream()
                .filter(grant -> role.equals(grant.granteePrincipal()))
                .flatMap(grant -> grant.operationsAsStrings().stream())
                .collect(Collectors.toSet());
        Optional<KeyPolicy> document = policy.map(text -> new KeyPolicy(text, role, region));
        List<String> certain = new ArrayList<>();
        List<String> unsure = new ArrayList<>();
        NEEDED.forEach((action, operations) -> {
            if (granted.containsAll(operations)) {
                return;
            }
            Answer answer = document.map(each -> each.allows(action)).orElse(Answer.UNSURE);
            if (answer == Answer.UNSURE || (answer == Answer.NO && grants.isEmpty())) {
                unsure.add(action);
            } else if (answer == Answer.NO) {
                certain.add(action);
            }
        });
        return new Missing(certain, unsure);
    }
}
