/** EC2 Auto Scaling. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.autoscaling;

import org.jspecify.annotations.NullMarked;
