-- Which shops have orders: the server needs the policy of each, and asks at every start.
CREATE INDEX orders_of_shop ON orders (shop);
