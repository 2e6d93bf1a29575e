// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** STS: who is calling. */
final class EmulatedSts {
    private final AwsAccount account;

    EmulatedSts(AwsAccount account) {
        this.account = account;
    }

    GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest r) {
        return GetCallerIdentityResponse.builder()
                .account(account.id())
                .arn("arn:aws:sts::" + account.id() + ":" + AwsAccount.CALLER)
                .userId("AROAEMULATEDEMULATED0:emulated")
                .build();
    }
}
