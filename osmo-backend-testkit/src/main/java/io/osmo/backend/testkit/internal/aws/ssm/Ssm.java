// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ssm;

import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.eks.Versions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.*;

/** SSM: the public parameters that name the recommended releases of node images. */
public final class Ssm extends AwsService {
    private static final Pattern RELEASE = Pattern.compile(
            "/aws/service/eks/optimized-ami/([0-9.]+)/amazon-linux-2023/(x86_64|arm64)/(standard|nvidia)/recommended/"
                    + "release_version");

    public Ssm(AwsAccount account, String region) {
        super(account, region);
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
    }

    GetParameterResponse getParameter(GetParameterRequest r) {
        Matcher release = RELEASE.matcher(r.name());
        if (!release.matches()) {
            throw AwsErrors.of(ParameterNotFoundException.builder(), "Ssm", 400, "ParameterNotFound", r.name());
        }
        return GetParameterResponse.builder()
                .parameter(p -> p.name(r.name())
                        .type(ParameterType.STRING)
                        .dataType("text")
                        .version(1L)
                        .lastModifiedDate(account.now())
                        .value(Versions.nodeRelease(release.group(1))))
                .build();
    }
}
