// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import java.util.List;

/** What is needed of a key to encrypt and decrypt with it, and to let other services do so. */
public final class KeyUse {
    public static final List<String> ACTIONS =
            List.of("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey");

    /** Only for a grantee that is an AWS service: to be used with the condition {@code kms:GrantIsForAWSResource}. */
    public static final List<String> GRANTS = List.of("kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant");

    private KeyUse() {}
}
