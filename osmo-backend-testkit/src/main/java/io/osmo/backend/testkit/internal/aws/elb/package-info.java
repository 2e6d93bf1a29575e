/** Elastic Load Balancing: load balancers that controllers in a cluster create and leave behind. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.elb;

import org.jspecify.annotations.NullMarked;
