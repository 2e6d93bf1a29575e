// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.client;

import io.osmo.backend.spi.provider.SharedCall;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Lets calls that need credentials at the same time wait for one answer. By itself each of them asks the metadata service of EC2, one
 * after the other, and waits for its timeouts: outside of EC2 a plan took half a minute to say that there are no credentials.
 */
public final class SharedCredentials implements AwsCredentialsProvider, SdkAutoCloseable {
    private final AwsCredentialsProvider provider;
    private final SharedCall<AwsCredentials> shared;

    public SharedCredentials(AwsCredentialsProvider provider) {
        this.provider = provider;
        shared = new SharedCall<>(provider::resolveCredentials);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return shared.get();
    }

    @Override
    public void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
