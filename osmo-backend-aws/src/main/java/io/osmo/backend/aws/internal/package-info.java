/**
 * What all AWS resources and readers share: the {@linkplain io.osmo.backend.aws.internal.AwsContext context} of a backend,
 * translation of errors, tags, and the shape of a {@linkplain io.osmo.backend.aws.internal.AwsResource resource}.
 */
@NullMarked
package io.osmo.backend.aws.internal;

import org.jspecify.annotations.NullMarked;
