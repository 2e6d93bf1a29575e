// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.sts;

import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsService;
import java.util.List;
import software.amazon.awssdk.services.sts.model.*;

/** STS: who is calling. */
public final class Sts extends AwsService {
    public Sts(AwsAccount account, String region) {
        super(account, region);
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
    }

    GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest r) {
        return GetCallerIdentityResponse.builder()
                .account(account.id())
                .arn(account.arn("sts", "", AwsAccount.CALLER))
                .userId("AROAEMULATEDEMULATED0:emulated")
                .build();
    }
}
