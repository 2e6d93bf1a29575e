// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.CloudFacts.DiskEncryption;
import io.osmo.backend.cluster.Fact;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether EBS encrypts what nobody asked it to encrypt (SC-2). */
final class VolumeFacts {
    private VolumeFacts() {}

    static CompletableFuture<Fact<DiskEncryption>> read(AwsContext aws) {
        CompletableFuture<Boolean> byDefault = aws.async(
                "ec2:GetEbsEncryptionByDefault",
                () -> aws.clients().ec2().getEbsEncryptionByDefault(r -> {}).ebsEncryptionByDefault());
        CompletableFuture<String> key = aws.async(
                "ec2:GetEbsDefaultKmsKeyId",
                () -> aws.clients().ec2().getEbsDefaultKmsKeyId(r -> {}).kmsKeyId());
        return Facts.of(byDefault.thenCombine(
                key, (on, id) -> new DiskEncryption(on, on ? Optional.of(id) : Optional.empty())));
    }
}
